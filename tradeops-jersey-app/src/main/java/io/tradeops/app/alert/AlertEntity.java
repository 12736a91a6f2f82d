package io.tradeops.app.alert;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code alerts}. Stays inside this package. Not thread-safe. */
@Entity
@Table(name = "alerts")
@SuppressWarnings("NullAway.Init") // Hibernate sets the fields
class AlertEntity {

    @Id
    UUID id;

    String ticker;

    String rule;

    int step;

    @Column(name = "change_percent")
    BigDecimal changePercent;

    @Column(name = "reference_price")
    BigDecimal referencePrice;

    @Column(name = "reference_timestamp")
    Instant referenceTimestamp;

    @Column(name = "reference_seq")
    long referenceSeq;

    @Column(name = "trigger_price")
    BigDecimal triggerPrice;

    @Column(name = "trigger_timestamp")
    Instant triggerTimestamp;

    @Column(name = "trigger_seq")
    long triggerSeq;

    /** The state of its push; null if it is not pushed. */
    @Nullable
    String delivery;

    AlertEntity() {}

    Alert toAlert() {
        return new Alert(
                id,
                ticker,
                rule,
                step,
                changePercent,
                new Alert.Point(referencePrice, referenceTimestamp, referenceSeq),
                new Alert.Point(triggerPrice, triggerTimestamp, triggerSeq));
    }
}
