package blackbox.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.core.trade.ExactSum;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExactSumTest {

    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);

    @Test
    void isZeroWithoutValues() {
        assertThat(new ExactSum().value()).isZero();
    }

    @Test
    void doesNotOverflowALong() {
        ExactSum sum = new ExactSum();
        sum.add(Long.MAX_VALUE);
        sum.add(Long.MAX_VALUE);
        sum.add(1);
        assertThat(sum.value()).isEqualTo(MAX.add(MAX).add(BigInteger.ONE));
    }

    @Test
    void addsNegativeValues() {
        ExactSum sum = new ExactSum();
        sum.add(Long.MIN_VALUE);
        sum.add(Long.MIN_VALUE);
        sum.add(-1);
        assertThat(sum.value()).isEqualTo(MIN.add(MIN).subtract(BigInteger.ONE));
    }

    @Test
    void doesNotOverflow128Bits() {
        ExactSum sum = new ExactSum();
        for (int i = 0; i < 10; i++) {
            sum.addProduct(Long.MIN_VALUE, Long.MIN_VALUE);
        }
        assertThat(sum.value()).isEqualTo(MIN.multiply(MIN).multiply(BigInteger.TEN));
    }

    @Test
    void doesNotUnderflow128Bits() {
        ExactSum sum = new ExactSum();
        for (int i = 0; i < 10; i++) {
            sum.addProduct(Long.MIN_VALUE, Long.MAX_VALUE);
        }
        assertThat(sum.value()).isEqualTo(MIN.multiply(MAX).multiply(BigInteger.TEN));
    }

    @Test
    void carriesThroughEveryWord() {
        ExactSum sum = new ExactSum();
        for (int i = 0; i < 4; i++) {
            sum.addProduct(Long.MIN_VALUE, Long.MIN_VALUE);
        }
        sum.add(-1);
        BigInteger allOnes = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
        assertThat(sum.value()).isEqualTo(allOnes);

        sum.add(1);

        assertThat(sum.value()).isEqualTo(allOnes.add(BigInteger.ONE));
    }

    @Test
    void addsAnotherSumAndItself() {
        ExactSum sum = new ExactSum();
        sum.addProduct(Long.MAX_VALUE, Long.MAX_VALUE);
        sum.add(sum);
        sum.add(sum);
        ExactSum other = new ExactSum();
        other.add(-7);
        sum.add(other);
        assertThat(sum.value())
                .isEqualTo(MAX.multiply(MAX).multiply(BigInteger.valueOf(4)).subtract(BigInteger.valueOf(7)));
    }

    @Test
    void addsIntegersOfUpTo192Bits() {
        BigInteger largest = BigInteger.ONE.shiftLeft(191).subtract(BigInteger.ONE);
        ExactSum sum = new ExactSum();
        sum.add(largest);
        sum.add(BigInteger.ONE.shiftLeft(130).negate());
        BigInteger expected = largest.subtract(BigInteger.ONE.shiftLeft(130));
        assertThat(sum.value()).isEqualTo(expected);

        assertThatThrownBy(() -> sum.add(largest.add(BigInteger.ONE)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("a sum has room for 192 bits, not for 193");

        assertThat(sum.value()).isEqualTo(expected);
        sum.add(expected.negate());
        assertThat(sum.value()).isZero();
    }

    @Test
    void agreesWithBigIntegerOnRandomValues() {
        SplittableRandom random = new SplittableRandom(3);
        ExactSum sum = new ExactSum();
        BigInteger expected = BigInteger.ZERO;
        for (int i = 0; i < 100_000; i++) {
            long a = random.nextLong() >> random.nextInt(63);
            long b = random.nextLong() >> random.nextInt(63);
            sum.add(a);
            sum.addProduct(a, b);
            expected = expected.add(BigInteger.valueOf(a))
                    .add(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
            if (i % 1000 == 0) {
                assertThat(sum.value()).isEqualTo(expected);
            }
        }
        assertThat(sum.value()).isEqualTo(expected);
    }
}
