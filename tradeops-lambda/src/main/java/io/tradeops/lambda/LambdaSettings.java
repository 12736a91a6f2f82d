package io.tradeops.lambda;

import io.tradeops.lambda.analysis.DailyAnalysis;
import java.math.BigDecimal;
import java.util.Map;

/**
 * The function's settings, from environment variables. Immutable.
 *
 * @param bucket {@code TRADEOPS_BUCKET}
 * @param keyPrefix {@code TRADEOPS_KEY_PREFIX}: empty, or ends in a slash
 * @param maxRejectRatio {@code TRADEOPS_MAX_REJECT_RATIO}: 0 to 1, by default 0.01
 */
record LambdaSettings(String bucket, String keyPrefix, BigDecimal maxRejectRatio) {

    private static final String BUCKET = "TRADEOPS_BUCKET";
    private static final String KEY_PREFIX = "TRADEOPS_KEY_PREFIX";
    private static final String MAX_REJECT_RATIO = "TRADEOPS_MAX_REJECT_RATIO";

    /** @throws IllegalStateException naming the variable that is missing or invalid */
    static LambdaSettings from(Map<String, String> environment) {
        String bucket = environment.getOrDefault(BUCKET, "").strip();
        if (bucket.isEmpty()) {
            throw new IllegalStateException(BUCKET + " is not set; set it to the bucket of the daily trades");
        }
        String prefix = environment.getOrDefault(KEY_PREFIX, "").strip();
        return new LambdaSettings(
                bucket, prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/", ratio(environment));
    }

    private static BigDecimal ratio(Map<String, String> environment) {
        String text = environment.getOrDefault(MAX_REJECT_RATIO, "").strip();
        if (text.isEmpty()) {
            return DailyAnalysis.DEFAULT_MAX_REJECT_RATIO;
        }
        if (!text.matches("0(\\.[0-9]{1,18})?|1(\\.0{1,18})?")) {
            throw new IllegalStateException(MAX_REJECT_RATIO + " must be a decimal from 0 to 1: " + text);
        }
        return new BigDecimal(text);
    }
}
