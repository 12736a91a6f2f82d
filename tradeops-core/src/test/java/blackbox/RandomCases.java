package blackbox;

/** Scales the number of random cases of a test. A mutation run has time for a part of them only. */
public final class RandomCases {

    private static final int DIVISOR = Integer.getInteger("tradeops.random.divisor", 1);

    private RandomCases() {}

    /** The number of cases to try, if an ordinary run tries {@code cases}. */
    public static int of(int cases) {
        return cases / DIVISOR;
    }
}
