package blackbox.trade;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tradeops.core.trade.TradeBytes;
import io.tradeops.core.trade.TradeValidator;
import io.tradeops.core.trade.Violation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the validator agrees with the reference on any fields. A field ends at a byte 0xFF; an empty field was
 * not given. Ordinary test runs use the stored inputs. To search for new ones:
 *
 * <pre>{@code JAZZER_FUZZ=1 ./mvnw test -pl tradeops-core -Dtest=TradeValidatorFuzzTest}</pre>
 */
class TradeValidatorFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");
    private static final int FIELDS = 6;
    private static final int MAX_LENGTH = 4_096;

    @FuzzTest(maxDuration = "60s")
    void agreesWithTheReference(byte[] bytes) {
        if (bytes.length > MAX_LENGTH) {
            return;
        }
        int[] ends = fieldEnds(bytes);
        RawTrade trade = new RawTrade(
                text(bytes, ends, 0),
                text(bytes, ends, 1),
                text(bytes, ends, 2),
                text(bytes, ends, 3),
                text(bytes, ends, 4),
                text(bytes, ends, 5));
        TradeValidator validator = TradeValidator.create();
        List<Violation> violations = validator.validate(
                trade.ticker(), trade.price(), trade.quantity(), trade.side(), trade.timestamp(), trade.tradeId(), NOW);

        assertThat(violations.stream().map(violation -> violation.field() + ":" + violation.code()))
                .isEqualTo(TradeReference.violations(trade, NOW));
        if (isAscii(bytes)) {
            assertThat(validator.validate(tradeBytes(bytes, ends), NOW)).isEqualTo(violations);
        }
    }

    private static int[] fieldEnds(byte[] bytes) {
        int[] ends = new int[FIELDS + 1];
        int at = -1;
        ends[0] = -1;
        for (int field = 1; field <= FIELDS; field++) {
            at++;
            while (at < bytes.length && bytes[at] != (byte) 0xFF) {
                at++;
            }
            at = Math.min(at, bytes.length);
            ends[field] = at;
        }
        return ends;
    }

    private static @Nullable String text(byte[] bytes, int[] ends, int field) {
        int from = ends[field] + 1;
        int length = ends[field + 1] - from;
        return length <= 0 ? null : new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    private static TradeBytes tradeBytes(byte[] bytes, int[] ends) {
        TradeBytes trade = new TradeBytes();
        List<RangeSetter> setters =
                List.of(trade::ticker, trade::price, trade::quantity, trade::side, trade::timestamp, trade::tradeId);
        for (int field = 0; field < FIELDS; field++) {
            if (ends[field + 1] > ends[field] + 1) {
                setters.get(field).set(bytes, ends[field] + 1, ends[field + 1]);
            }
        }
        return trade;
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte each : bytes) {
            if (each < 0 && each != (byte) 0xFF) {
                return false;
            }
        }
        return true;
    }

    private interface RangeSetter {
        Object set(byte[] bytes, int from, int to);
    }
}
