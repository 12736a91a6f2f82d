package io.tradeops.app.average;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code averages}. Stays inside this package. Not thread-safe. */
@Entity
@Table(name = "averages")
@IdClass(AverageEntity.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate sets the fields
class AverageEntity {

    @Id
    @Column(name = "window_start")
    Instant windowStart;

    @Id
    String ticker;

    @Id
    @Column(name = "width_seconds")
    int widthSeconds;

    @Column(name = "average_price")
    BigDecimal averagePrice;

    @Nullable
    BigDecimal vwap;

    BigDecimal open;

    BigDecimal high;

    BigDecimal low;

    BigDecimal close;

    BigDecimal volume;

    @Column(name = "tick_count")
    long tickCount;

    int revision;

    AverageEntity() {}

    /** The primary key. */
    record Key(Instant windowStart, String ticker, int widthSeconds) {}
}
