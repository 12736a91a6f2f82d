package io.tradeops.app.support;

import io.tradeops.app.db.Database;
import io.tradeops.app.db.DatabaseSettings;
import io.tradeops.app.embedded.DataDirectory;
import io.tradeops.app.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server for a test, which can be stopped and started again on the same port. */
public final class TestDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 10;

    private final DataDirectory directory;
    private final int port;
    private EmbeddedPostgres server;

    private TestDatabase(DataDirectory directory, EmbeddedPostgres server) {
        this.directory = directory;
        this.server = server;
        this.port = server.port();
    }

    /** Starts a server with its data in a directory. */
    public static TestDatabase in(Path path) throws IOException {
        DataDirectory directory = DataDirectory.open(path);
        return new TestDatabase(directory, EmbeddedPostgres.start(directory));
    }

    /** Connects to the server as the program does. */
    public Database open(List<Class<?>> entities) {
        return Database.open(new DatabaseSettings(url(), user(), password(), CONNECTIONS), entities);
    }

    /** Removes all rows of some tables. */
    public static void empty(Database database, String... tables) {
        database.withConnection(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute("truncate " + String.join(", ", tables));
            }
        });
    }

    /** The JDBC URL. */
    public String url() {
        return server.jdbcUrl();
    }

    /** The user's name. */
    public String user() {
        return server.user();
    }

    /** The user's password. */
    public String password() {
        return server.password();
    }

    /** The server's processes: the main one and its children. */
    public List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(server.process()), server.process().descendants())
                .toList();
    }

    /** Stops the server. */
    public void stop() throws IOException {
        server.close();
    }

    /** Starts the server again, on the same port and data. */
    public void startAgain() throws IOException {
        server = EmbeddedPostgres.start(directory, port);
    }

    @Override
    public void close() throws IOException {
        server.close();
        directory.close();
    }
}
