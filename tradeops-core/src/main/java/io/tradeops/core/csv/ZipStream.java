package io.tradeops.core.csv;

import io.tradeops.core.trade.ForeignText;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Inflates the one file in a zip archive. Folders, and the resource forks that macOS adds, are passed over. Its size is
 * limited. Closing this stream frees the inflater and leaves the underlying stream open. Not thread-safe.
 */
final class ZipStream extends BlockInputStream {

    private static final String MACOS_FOLDER = "__MACOSX/";

    /** The character set of names that are not marked as UTF-8. Any bytes are a name in it; names are for messages. */
    private static final Charset NAMES = StandardCharsets.ISO_8859_1;

    private final ZipInputStream zip;
    private final CountingStream bytesIn;
    private final CsvSettings settings;
    private final String name;
    private long bytesOut;
    private boolean ended;

    /** Opens the first file of the archive. */
    ZipStream(InputStream in, CsvSettings settings) throws IOException {
        this.settings = settings;
        bytesIn = new CountingStream(in);
        zip = new ZipInputStream(bytesIn, NAMES);
        name = nextFile();
        if (name.isEmpty()) {
            throw new TradeCsvException("the zip archive has no file in it");
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (ended) {
            return length == 0 ? 0 : -1;
        }
        int count = inflate(target, offset, length);
        if (count < 0) {
            ended = true;
            requireNoOtherFile();
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            int count = zip.read(target, offset, length);
            bytesOut += Math.max(count, 0);
            settings.requireWithinLimits("zip", bytesIn.count(), bytesOut);
            return count;
        } catch (EOFException e) {
            throw endsEarly();
        } catch (ZipException e) {
            throw damaged(e);
        }
    }

    private void requireNoOtherFile() throws IOException {
        String other = nextFile();
        if (!other.isEmpty()) {
            throw new TradeCsvException("the zip archive has several files, " + ForeignText.escaped(name) + " and "
                    + ForeignText.escaped(other) + " among them; unpack it and give one of them");
        }
    }

    /** Opens the next file. Returns its name, which is empty if there is none. */
    private String nextFile() throws IOException {
        try {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null && (entry.isDirectory() || entry.getName().startsWith(MACOS_FOLDER))) {
                passOver();
                entry = zip.getNextEntry();
            }
            return entry == null ? "" : entry.getName();
        } catch (EOFException e) {
            throw endsEarly();
        } catch (ZipException | IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    /** Inflates the rest of an entry, so that the limits apply to it. */
    private void passOver() throws IOException {
        byte[] unused = new byte[8 * 1024];
        int count = 0;
        while (count >= 0) {
            count = inflate(unused, 0, unused.length);
        }
    }

    private TradeCsvException endsEarly() {
        return new TradeCsvException("the zip data ends early, after " + bytesOut + " bytes of text");
    }

    private TradeCsvException damaged(Exception cause) {
        return new TradeCsvException("the zip data is damaged or of a kind that is not read, after " + bytesOut
                + " bytes of text: " + ForeignText.escaped(String.valueOf(cause.getMessage())));
    }
}
