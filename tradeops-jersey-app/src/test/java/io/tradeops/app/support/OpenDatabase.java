package io.tradeops.app.support;

import io.tradeops.app.db.Database;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A database on a PostgreSQL server for one test class. It runs from before the first test to after the last one, and
 * empties some tables before each. Thread-safe once it runs.
 */
public final class OpenDatabase implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private final List<Class<?>> entities;
    private final String[] tables;

    @SuppressWarnings("NullAway.Init") // beforeAll() sets it
    private TestDirectory directory;

    @SuppressWarnings("NullAway.Init") // beforeAll() sets it
    private TestDatabase postgres;

    @SuppressWarnings("NullAway.Init") // beforeAll() sets it
    private Database database;

    private OpenDatabase(List<Class<?>> entities, String... tables) {
        this.entities = entities;
        this.tables = tables;
    }

    /** Creates a database with mapped classes, and the names of the tables to empty. */
    public static OpenDatabase of(List<Class<?>> entities, String... tables) {
        return new OpenDatabase(entities, tables);
    }

    /** The database. */
    public Database get() {
        return database;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        directory = TestDirectory.create();
        postgres = TestDatabase.in(directory.path());
        database = postgres.open(entities);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TestDatabase.empty(database, tables);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        database.close();
        postgres.close();
        directory.close();
    }
}
