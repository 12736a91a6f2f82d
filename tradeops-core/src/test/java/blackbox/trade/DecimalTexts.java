package blackbox.trade;

import io.tradeops.core.trade.FixedDecimal;
import java.util.SplittableRandom;

/** Generates random texts that are decimals, nearly decimals, or neither. */
final class DecimalTexts {

    private static final String ALPHABET = "00112345678999..+-eE x/:é";

    private final SplittableRandom random;

    DecimalTexts(long seed) {
        random = new SplittableRandom(seed);
    }

    String next() {
        return switch (random.nextInt(6)) {
            case 0 -> plain();
            case 1 -> plain() + "e" + random.nextInt(-25, 25);
            case 2 -> noise(random.nextInt(24));
            case 3 -> mutated(plain());
            case 4 -> digits(random.nextInt(25)) + "." + digits(random.nextInt(25));
            default ->
                sign() + digits(random.nextInt(4)) + "0".repeat(random.nextInt(25)) + "e" + random.nextInt(-30, 30);
        };
    }

    private String plain() {
        int decimals = random.nextInt(9);
        long power = (long) Math.pow(10, decimals);
        long units = random.nextLong(1, (long) Math.pow(10, random.nextInt(1, 19)));
        return sign() + FixedDecimal.toString(units / power * power) + "0".repeat(random.nextInt(10) / 8);
    }

    private String mutated(String text) {
        int at = random.nextInt(text.length());
        return text.substring(0, at) + noise(1) + text.substring(at + random.nextInt(2));
    }

    private String noise(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private String digits(int length) {
        StringBuilder text = new StringBuilder();
        boolean zeros = random.nextInt(4) == 0;
        for (int i = 0; i < length; i++) {
            text.append(zeros ? 0 : random.nextInt(10));
        }
        return text.toString();
    }

    private String sign() {
        return random.nextInt(8) == 0 ? "-" : "";
    }
}
