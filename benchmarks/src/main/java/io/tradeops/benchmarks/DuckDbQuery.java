package io.tradeops.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Runs the analysis in DuckDB, with doubles, because its exact product of two DECIMAL(18,8) overflows. It is also a
 * program; its arguments are a file and a number of threads.
 */
public final class DuckDbQuery {

    private DuckDbQuery() {}

    /** Prints the total notional of a file. */
    public static void main(String[] arguments) throws SQLException {
        System.out.println(run(Path.of(arguments[0]), Integer.parseInt(arguments[1])));
    }

    static double run(Path file, int threads) throws SQLException {
        String query = "SELECT ticker, sum(quantity), avg(price), sum(price * quantity) / sum(quantity), count(*), "
                + "min(price), max(price), arg_min(price, executed_at), arg_max(price, executed_at), "
                + "sum(price * quantity) FROM read_csv('" + file + "', header = true, columns = {"
                + "'id': 'VARCHAR', 'ticker': 'VARCHAR', 'side': 'VARCHAR', 'price': 'DOUBLE', 'quantity': 'DOUBLE', "
                + "'executed_at': 'TIMESTAMP'}) GROUP BY ticker ORDER BY ticker";
        double total = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA threads=" + threads);
            try (ResultSet result = statement.executeQuery(query)) {
                while (result.next()) {
                    total += result.getDouble(10);
                }
            }
        }
        return total;
    }
}
