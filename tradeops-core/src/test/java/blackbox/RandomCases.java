package blackbox;

/** How many random cases a test tries: all of them, or the share that a mutation run has time for. */
public final class RandomCases {

    private static final int DIVISOR = Integer.getInteger("tradeops.random.divisor", 1);

    private RandomCases() {}

    /** So many in an ordinary run. */
    public static int of(int cases) {
        return cases / DIVISOR;
    }
}
