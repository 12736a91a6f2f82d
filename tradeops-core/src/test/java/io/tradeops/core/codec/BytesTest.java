package io.tradeops.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {

    private static final String MAGIC = "TEST";

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, 127, 128, 16_383, 16_384, Long.MAX_VALUE, Long.MIN_VALUE})
    void readsTheNumbersItWrote(long number) {
        BytesReader reader =
                reader(new BytesWriter(MAGIC, 1).writeUnsigned(number).writeSigned(number));

        assertThat(reader.readUnsigned()).isEqualTo(number);
        assertThat(reader.readSigned()).isEqualTo(number);
        reader.requireEnd();
    }

    @Test
    void smallNumbersTakeOneByte() {
        int empty = new BytesWriter(MAGIC, 1).toByteArray().length;

        assertThat(new BytesWriter(MAGIC, 1).writeUnsigned(127).toByteArray()).hasSize(empty + 1);
        assertThat(new BytesWriter(MAGIC, 1).writeSigned(-64).toByteArray()).hasSize(empty + 1);
        assertThat(new BytesWriter(MAGIC, 1).writeUnsigned(128).toByteArray()).hasSize(empty + 2);
        assertThat(empty).isEqualTo(MAGIC.length() + 1 + 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "255", "-256", "340282366920938463463374607431768211456"})
    void readsTheIntegersItWrote(String text) {
        BigInteger integer = new BigInteger(text);

        assertThat(reader(new BytesWriter(MAGIC, 1).writeInteger(integer)).readInteger())
                .isEqualTo(integer);
    }

    @Test
    void readsTextsAndTruthValues() {
        BytesReader reader = reader(
                new BytesWriter(MAGIC, 1).writeText("").writeText("Zürich").writeBoolean(true));

        assertThat(reader.readText()).isEmpty();
        assertThat(reader.readText()).isEqualTo("Zürich");
        assertThat(reader.readBoolean()).isTrue();
    }

    @Test
    void readsEveryVersionUpToTheNewest() {
        byte[] bytes = new BytesWriter(MAGIC, 2).toByteArray();

        assertThat(new BytesReader(bytes, MAGIC, 3).version()).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BytesReader(bytes, MAGIC, 1))
                .withMessage("the bytes are of version 2; this program reads versions 1 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BytesReader(new BytesWriter(MAGIC, 0).toByteArray(), MAGIC, 1))
                .withMessage("the bytes are of version 0; this program reads versions 1 to 1");
    }

    @Test
    void refusesBytesOfAnotherKind() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BytesReader(new BytesWriter("REST", 1).toByteArray(), MAGIC, 1))
                .withMessage("the bytes are not of the kind TEST");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BytesReader(new byte[0], MAGIC, 1))
                .withMessage("the bytes are not of the kind TEST");
    }

    @Test
    void refusesEveryTruncationAndEveryChangedByte() {
        byte[] bytes =
                new BytesWriter(MAGIC, 1).writeUnsigned(300).writeText("AAPL").toByteArray();

        for (int i = 0; i < bytes.length; i++) {
            byte[] truncated = Arrays.copyOf(bytes, i);
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new BytesReader(truncated, MAGIC, 1))
                    .withMessageStartingWith("the bytes are ");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new BytesReader(changed, MAGIC, 1))
                    .withMessageStartingWith("the bytes are ");
        }
    }

    @Test
    void refusesForgedLengthsAndValues() {
        assertDamaged("a text is longer than the bytes", writer(Integer.MAX_VALUE), BytesReader::readText);
        assertDamaged("a text is longer than the bytes", writer(-1), BytesReader::readText);
        assertDamaged("an integer is longer than the bytes", writer(1L << 40), BytesReader::readInteger);
        assertDamaged("an integer has no bytes", writer(0), BytesReader::readInteger);
        assertDamaged(
                "number of windows must be 0 to 1: 2",
                writer(2).writeUnsigned(0).writeUnsigned(0).writeUnsigned(0),
                reader -> reader.readCount("windows", 2));
        assertDamaged("price must be 1 to 9: 10", writer(10), reader -> reader.readUnsigned("price", 1, 9));
        assertDamaged("price must be 1 to 9: 0", writer(0), reader -> reader.readUnsigned("price", 1, 9));
        assertDamaged("truth value must be 0 to 1: 2", writer(2), BytesReader::readBoolean);
        assertDamaged("1 bytes follow the last value", writer(2), BytesReader::requireEnd);
        assertDamaged("a value is missing at their end", new BytesWriter(MAGIC, 1), BytesReader::readUnsigned);
        assertDamaged("a text is not UTF-8", writer(1).writeUnsigned(0x80), BytesReader::readText);
    }

    @Test
    void refusesANumberOfMoreThan64Bits() {
        BytesWriter writer = new BytesWriter(MAGIC, 1);
        for (int i = 0; i < 2; i++) {
            writer.writeUnsigned(-1);
        }
        byte[] bytes = writer.toByteArray();
        bytes[MAGIC.length() + 10] |= (byte) 0x80; // the first number goes on in the second
        byte[] content = Arrays.copyOf(bytes, bytes.length - BytesReader.CHECKSUM_BYTES);
        byte[] forged = ByteBuffer.allocate(bytes.length)
                .put(content)
                .putInt(BytesWriter.checksum(content, content.length))
                .array();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BytesReader(forged, MAGIC, 1).readUnsigned())
                .withMessage("the bytes are damaged: a number has more than 64 bits");
    }

    private static BytesWriter writer(long first) {
        return new BytesWriter(MAGIC, 1).writeUnsigned(first);
    }

    private static BytesReader reader(BytesWriter writer) {
        return new BytesReader(writer.toByteArray(), MAGIC, 1);
    }

    private static void assertDamaged(String message, BytesWriter writer, Consumer<BytesReader> read) {
        BytesReader reader = reader(writer);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read.accept(reader))
                .withMessage("the bytes are damaged: " + message);
    }
}
