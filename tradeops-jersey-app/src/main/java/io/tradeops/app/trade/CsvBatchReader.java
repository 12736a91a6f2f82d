package io.tradeops.app.trade;

import io.tradeops.app.rest.InputError;
import io.tradeops.app.rest.ProblemException;
import io.tradeops.core.csv.RejectedRow;
import io.tradeops.core.csv.TradeCsvException;
import io.tradeops.core.csv.TradeCsvReader;
import io.tradeops.core.csv.TradeRow;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Trade;
import io.tradeops.core.trade.TradeValidator;
import io.tradeops.core.trade.ValidationResult;
import io.tradeops.core.trade.Violation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads a batch that is a CSV file. The core's reader parses it, and the validator checks the rules that apply to the
 * API but not to files. The column {@code id} is ignored, because the server makes the ids. Not thread-safe.
 */
final class CsvBatchReader {

    private static final List<String> FIELDS = List.of("ticker", "price", "quantity", "timestamp", "side");

    private static final int MAX_COLUMNS = 1_000;

    /** A valid value in place of one that the reader has already checked. */
    private static final String ANY_TICKER = "A";

    private final BatchCollector batch = new BatchCollector();
    private final Instant now;

    private CsvBatchReader(Instant now) {
        this.now = now;
    }

    /** Reads a CSV file; otherwise as {@link BatchReader#readArray}. */
    static List<Trade> read(byte[] csv, Instant now) {
        if (isPacked(csv)) {
            throw ProblemException.unreadable("the body is compressed; send plain CSV");
        }
        requireFewColumns(csv);
        CsvBatchReader rows = new CsvBatchReader(now);
        try {
            TradeCsvReader.builder()
                    .rejects(rows::reject)
                    .allowEmptyTimestamps()
                    .requireKnownSides()
                    .build()
                    .read(new ByteArrayInputStream(csv), rows::add);
        } catch (TradeCsvException e) {
            throw ProblemException.unreadable("the body is not a CSV file of trades: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows.batch.finish();
    }

    private void add(TradeRow row) {
        ValidationResult result = TradeValidator.create()
                .checkValues(
                        row.ticker(),
                        FixedDecimal.toBigDecimal(row.priceUnits()),
                        FixedDecimal.toBigDecimal(row.quantityUnits()),
                        row.side(),
                        row.hasTimestamp() ? EpochNanos.toInstant(row.epochNanos()) : null,
                        row.tradeId().isEmpty() ? null : row.tradeId(),
                        now);
        if (result instanceof ValidationResult.Valid valid) {
            batch.add(Optional.of(valid.trade()));
            return;
        }
        fail(row.line(), ((ValidationResult.Invalid) result).violations());
        batch.add(Optional.empty());
    }

    /** Adds the reader's reasons, then the violations of the rules that only the API has. */
    private void reject(RejectedRow row) {
        row.reasons().forEach(reason -> fail(row, reason.code()));
        fail(
                row.line(),
                TradeValidator.create()
                        .validateValues(
                                ANY_TICKER,
                                BigDecimal.ONE,
                                BigDecimal.ONE,
                                row.hasTimestamp() ? EpochNanos.toInstant(row.epochNanos()) : null,
                                row.tradeId().isEmpty() ? null : row.tradeId(),
                                now));
        batch.add(Optional.empty());
    }

    private void fail(long line, List<Violation> violations) {
        violations.forEach(violation -> fail(line, "/" + violation.field(), violation.code(), violation.detail()));
    }

    /** A reason of the reader begins with the field's name; a code of the API does not. */
    private void fail(RejectedRow row, String reason) {
        Optional<String> field =
                FIELDS.stream().filter(name -> reason.startsWith(name + "_")).findFirst();
        String what = field.map(name -> reason.substring(name.length() + 1)).orElse(reason);
        String code = switch (what) {
            case "missing" -> "required";
            case "invalid" -> "invalid_" + field.orElse("row");
            default -> what;
        };
        fail(row.line(), field.map(name -> "/" + name).orElse(""), code, reason.replace('_', ' ') + ": " + row.row());
    }

    private void fail(long line, String field, String code, String detail) {
        batch.errors().add(() -> InputError.at(batch.nextPointer() + field, code, "line " + line + ": " + detail));
    }

    /** A name takes many times the memory of its bytes in the header. */
    private static void requireFewColumns(byte[] csv) {
        int columns = 1;
        boolean quoted = false;
        for (int i = 0; i < csv.length && (quoted || (csv[i] != '\n' && csv[i] != '\r')); i++) {
            quoted ^= csv[i] == '"';
            columns += csv[i] == ',' ? 1 : 0;
            if (columns > MAX_COLUMNS) {
                throw ProblemException.tooLarge("a CSV batch must have at most " + MAX_COLUMNS + " columns");
            }
        }
    }

    /** The core's reader would inflate the body, to any size. */
    private static boolean isPacked(byte[] body) {
        return body.length > 1
                && (((body[0] & 0xff) == 0x1f && (body[1] & 0xff) == 0x8b) || (body[0] == 'P' && body[1] == 'K'));
    }
}
