package io.tradeops.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many ticks per second do many WebSocket clients of one price feed receive, and how old are these ticks? All
 * clients are in one thread; some of them never read. Attackers subscribe to 8,000 tickers again and again, 20 times a
 * second; each pauses for a second when the feed refuses its command. Each has a thread of its own. Of RFC 6455, this class implements only what it
 * needs: unfragmented frames of a server, and pings.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar io.tradeops.benchmarks.FeedLoad \
 *     PORT PATH CLIENTS NON_READING_CLIENTS SECONDS [ATTACKERS]
 * }</pre>
 */
public final class FeedLoad {

    private static final byte[] TIME = "\"timestamp\":".getBytes(US_ASCII);
    private static final byte[] HEARTBEAT = "{\"type\":\"h".getBytes(US_ASCII);
    private static final byte[] REFUSED = "{\"type\":\"error\"".getBytes(US_ASCII);
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(US_ASCII);
    private static final long MICROS_PER_DAY = TimeUnit.DAYS.toMicros(1);
    private static final int WARM_UP_SECONDS = 5;
    private static final int TEXT = 0x1;
    private static final int PING = 0x9;
    private static final int SMALL_BUFFER = 4_096;
    private static final int PONG = 0x8a;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int ATTACK_TICKERS = 8_000;
    private static final long ATTACK_MILLIS = 50;
    private static final long REFUSED_MILLIS = 1_000;

    private final Selector selector = Selector.open();
    private final List<Client> clients = new ArrayList<>();
    /** The number of ticks of each age, in tenths of a millisecond. The last element counts all older ticks. */
    private final long[] ages = new long[100_000];

    private long ticks;
    private long frames;
    private int closed;
    private boolean counting;

    private FeedLoad() throws IOException {}

    /** Runs the load. The arguments are port, path, clients, clients that never read, seconds, attackers. */
    public static void main(String[] arguments) throws IOException {
        FeedLoad load = new FeedLoad();
        int nonReading = Integer.parseInt(arguments[3]);
        load.connect(Integer.parseInt(arguments[0]), arguments[1], Integer.parseInt(arguments[2]), nonReading);
        if (arguments.length > 5) {
            attack(Integer.parseInt(arguments[0]), arguments[1], Integer.parseInt(arguments[5]));
        }
        load.run(WARM_UP_SECONDS);
        load.counting = true;
        long start = System.nanoTime();
        load.run(Integer.parseInt(arguments[4]));
        load.report((System.nanoTime() - start) / 1e9);
    }

    private void connect(int port, String path, int count, int nonReading) throws IOException {
        for (int i = 0; i < count + nonReading; i++) {
            boolean reads = i < count;
            SocketChannel channel = SocketChannel.open();
            if (!reads) {
                channel.socket().setReceiveBufferSize(SMALL_BUFFER);
            }
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(upgrade(port, path));
            if (reads) {
                Client client = new Client(channel);
                clients.add(client);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, client);
            }
        }
    }

    private static ByteBuffer upgrade(int port, String path) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        return ByteBuffer.wrap(request.getBytes(US_ASCII));
    }

    /** Starts the attackers. They connect again when the feed has closed their connections. */
    private static void attack(int port, String path, int count) {
        String tickers = IntStream.range(0, ATTACK_TICKERS)
                .mapToObj(i -> "\"" + Integer.toString(i, 36) + "\"")
                .collect(Collectors.joining(","));
        byte[] command =
                masked(TEXT | FINAL, ("{\"action\":\"subscribe\",\"tickers\":[" + tickers + "]}").getBytes(US_ASCII));
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> attack(port, path, command), "attacker");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void attack(int port, String path, byte[] command) {
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(upgrade(port, path).array());
                DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
                OutputStream out = socket.getOutputStream();
                for (int last = 0; last != 0x0d0a0d0a; ) {
                    last = last << 8 | in.readUnsignedByte();
                }
                while (true) {
                    boolean refused = false;
                    while (in.available() > 0) {
                        refused |= isRefusal(in, out);
                    }
                    TimeUnit.MILLISECONDS.sleep(refused ? REFUSED_MILLIS : ATTACK_MILLIS);
                    out.write(command);
                }
            } catch (IOException e) {
                System.err.println("an attacker's connection has ended: " + e.getMessage());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Reads a frame; answers it if it is a ping. */
    private static boolean isRefusal(DataInputStream in, OutputStream out) throws IOException {
        int opcode = in.readUnsignedByte() & 0x0f;
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] payload = in.readNBytes(length);
        if (opcode == PING) {
            out.write(masked(PONG, payload));
        }
        return opcode == TEXT && indexOf(payload, 0, Math.min(length, REFUSED.length + 1), REFUSED) >= 0;
    }

    /** A frame of a client, with a mask of zero. */
    private static byte[] masked(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (MASKED | payload.length));
        } else {
            frame.put((byte) (MASKED | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private void run(int seconds) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            selector.select(10);
            for (SelectionKey key : selector.selectedKeys()) {
                ((Client) key.attachment()).read(key);
            }
            selector.selectedKeys().clear();
        }
    }

    private void report(double seconds) {
        System.out.printf(
                "%d clients, %d closed: %.0f ticks/s, %.0f frames/s, age of a tick p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, max %.1f ms%n",
                clients.size(),
                closed,
                ticks / seconds,
                frames / seconds,
                quantile(0.5),
                quantile(0.99),
                quantile(0.999),
                quantile(1));
    }

    private double quantile(double share) {
        long left = (long) Math.ceil(share * ticks);
        int age = 0;
        for (; age < ages.length - 1 && left > ages[age]; age++) {
            left -= ages[age];
        }
        return age / 10.0;
    }

    private void sample(long ageMicros) {
        ticks++;
        ages[(int) Math.min(ages.length - 1, ageMicros / 100)]++;
    }

    /** A client that reads. */
    private final class Client {

        private final SocketChannel channel;
        private ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        private boolean upgraded;

        Client(SocketChannel channel) {
            this.channel = channel;
        }

        void read(SelectionKey key) throws IOException {
            if (!buffer.hasRemaining()) {
                buffer = ByteBuffer.allocate(2 * buffer.capacity()).put(buffer.flip());
            }
            int read = readOrEnd();
            if (read < 0) {
                closed++;
                key.cancel();
                channel.close();
                return;
            }
            buffer.flip();
            if (!upgraded) {
                upgraded = skipHead();
            }
            if (upgraded) {
                readFrames();
            }
            buffer.compact();
        }

        private int readOrEnd() {
            try {
                return channel.read(buffer);
            } catch (IOException e) {
                return -1;
            }
        }

        private boolean skipHead() {
            int end = indexOf(buffer.array(), 0, buffer.limit(), END_OF_HEAD);
            if (end >= 0) {
                buffer.position(end + 4);
            }
            return end >= 0;
        }

        private void readFrames() throws IOException {
            while (buffer.remaining() >= 2) {
                int start = buffer.position();
                int opcode = buffer.get() & 0x0f;
                int length = buffer.get() & 0x7f;
                if (length == 126 && buffer.remaining() >= 2) {
                    length = buffer.getShort() & 0xffff;
                } else if (length == 127 && buffer.remaining() >= 8) {
                    length = Math.toIntExact(buffer.getLong());
                } else if (length > 125) {
                    length = Integer.MAX_VALUE;
                }
                if (buffer.remaining() < length) {
                    buffer.position(start);
                    return;
                }
                onFrame(opcode, buffer.position(), buffer.position() + length);
                buffer.position(buffer.position() + length);
            }
        }

        private void onFrame(int opcode, int from, int to) throws IOException {
            if (opcode == PING) {
                channel.write(ByteBuffer.wrap(masked(PONG, Arrays.copyOfRange(buffer.array(), from, to))));
            } else if (opcode == TEXT
                    && counting
                    && indexOf(buffer.array(), from, from + HEARTBEAT.length, HEARTBEAT) < 0) {
                frames++;
                onTicks(buffer.array(), from, to);
            }
        }

        /** The age of a tick is the time from its timestamp until its frame is read. */
        private void onTicks(byte[] bytes, int from, int to) {
            long now = microsOfDay(Instant.now());
            for (int at = indexOf(bytes, from, to, TIME); at >= 0; at = indexOf(bytes, at + TIME.length, to, TIME)) {
                sample(Math.floorMod(now - sentMicrosOfDay(bytes, at + TIME.length), MICROS_PER_DAY));
            }
        }

        private static long microsOfDay(Instant instant) {
            return Math.floorMod(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000, MICROS_PER_DAY);
        }

        /** Reads a timestamp in ISO 8601, UTC, or a number of seconds since 1970, as the peer in Python writes it. */
        private static long sentMicrosOfDay(byte[] bytes, int from) {
            if (bytes[from] == '"') {
                int hour = from + 12;
                long seconds =
                        3_600 * digits(bytes, hour, 2) + 60 * digits(bytes, hour + 3, 2) + digits(bytes, hour + 6, 2);
                return seconds * 1_000_000 + fraction(bytes, hour + 8);
            }
            int start = bytes[from] == ' ' ? from + 1 : from;
            return Math.floorMod(digits(bytes, start, 10) * 1_000_000 + fraction(bytes, start + 10), MICROS_PER_DAY);
        }

        private static long digits(byte[] bytes, int from, int count) {
            long value = 0;
            for (int i = from; i < from + count; i++) {
                value = 10 * value + (bytes[i] - '0');
            }
            return value;
        }

        private static long fraction(byte[] bytes, int point) {
            long micros = 0;
            long unit = 100_000;
            if (bytes[point] == '.') {
                for (int i = point + 1; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
                    micros += unit * (bytes[i] - '0');
                    unit /= 10;
                }
            }
            return micros;
        }
    }

    private static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
        byte first = wanted[0];
        byte second = wanted[1];
        for (int i = from; i <= to - wanted.length; i++) {
            if (bytes[i] == first
                    && bytes[i + 1] == second
                    && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
