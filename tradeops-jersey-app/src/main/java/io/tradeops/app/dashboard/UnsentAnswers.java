package io.tradeops.app.dashboard;

import com.sun.net.httpserver.Headers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Bounds the memory of answers that are not sent yet, because their clients may read slowly. All answers with a file
 * share its bytes; the page has about ten files, with 1.4 MB. Thread-safe.
 */
final class UnsentAnswers {

    private static final int MAX_BYTES = 32 << 20;
    private static final int MAX_FILES = 64;

    private final Semaphore bytes = new Semaphore(MAX_BYTES);
    private final Map<String, PageFile> files = new ConcurrentHashMap<>();

    /** A file of the page, and the headers of its answer. */
    static final class PageFile {

        private final Headers headers;
        private final byte[] bytes;

        PageFile(Headers headers, byte[] bytes) {
            this.headers = headers;
            this.bytes = bytes;
        }

        Headers headers() {
            return headers;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** The file with a path; empty if it was not answered before. */
    Optional<PageFile> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** Keeps a file for later answers. */
    void keep(String path, PageFile file) {
        if (files.size() < MAX_FILES) {
            files.putIfAbsent(path, file);
        }
    }

    /** Whether there is room for an answer; {@link #release} gives it back. */
    boolean reserve(byte[] answer) {
        return bytes.tryAcquire(answer.length);
    }

    /** An answer has been sent. */
    void release(byte[] answer) {
        bytes.release(answer.length);
    }
}
