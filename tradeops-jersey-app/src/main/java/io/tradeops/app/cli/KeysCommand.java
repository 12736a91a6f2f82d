package io.tradeops.app.cli;

import io.tradeops.app.Backends;
import io.tradeops.app.Closer;
import io.tradeops.app.access.Scope;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.key.ApiKey;
import io.tradeops.app.key.ApiKeyRepository;
import io.tradeops.core.trade.ForeignText;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Creates, lists, revokes and deletes API keys. */
@Command(
        name = "keys",
        description = {
            "Creates, lists, revokes and deletes API keys.",
            "A running server with the same database or data directory knows a change within 2 seconds."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    KeysCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "create, list, revoke or delete is missing");
    }

    @Command(
            name = "create",
            description = "Creates a key and prints it, this once. Only its hash is stored.",
            mixinStandardHelpOptions = true)
    int create(
            @Option(
                            names = "--name",
                            required = true,
                            paramLabel = "NAME",
                            converter = Values.KeyNameConverter.class,
                            description = "a name for the key")
                    String name,
            @Option(
                            names = "--scope",
                            required = true,
                            split = ",",
                            paramLabel = "SCOPES",
                            hideParamSyntax = true,
                            converter = Values.ScopeConverter.class,
                            description = "read, write or admin, or several separated by commas; admin includes the"
                                    + " others")
                    List<Scope> scopes,
            @Option(
                            names = "--expires",
                            paramLabel = "WHEN",
                            converter = Values.ExpiryConverter.class,
                            description = "when the key expires: a date (at 00:00 UTC), a timestamp, or a duration such"
                                    + " as P90D")
                    Optional<Values.Expiry> expires)
            throws IOException {
        String key = with(keys -> {
            Instant now = Instant.now();
            return keys.create(name, Set.copyOf(scopes), now, expires.map(expiry -> expiry.of(now)));
        });
        PrintWriter out = spec.commandLine().getOut();
        out.println(key);
        out.flush();
        StandardError.println("send it as Authorization: Bearer KEY; it is never shown again");
        return 0;
    }

    @Command(
            name = "list",
            description = "Prints the id, name, scopes, times and state of each key.",
            mixinStandardHelpOptions = true)
    int list() throws IOException {
        List<ApiKey> keys = with(ApiKeyRepository::list);
        Instant now = Instant.now();
        PrintWriter out = spec.commandLine().getOut();
        String line = "%-12s  %-20s  %-16s  %-20s  %-20s  %s%n";
        out.printf(line, "ID", "NAME", "SCOPES", "CREATED", "EXPIRES", "STATE");
        for (ApiKey key : keys) {
            String scopes = key.scopes().stream().sorted().map(Scope::wireName).collect(Collectors.joining(","));
            String expires = key.expiresAt().map(KeysCommand::seconds).orElse("never");
            out.printf(
                    line,
                    key.id(),
                    ForeignText.escaped(key.name()),
                    scopes,
                    seconds(key.createdAt()),
                    expires,
                    state(key, now));
        }
        out.flush();
        return 0;
    }

    @Command(name = "revoke", description = "Revokes a key. It stays in the list.", mixinStandardHelpOptions = true)
    int revoke(@Parameters(paramLabel = "ID", description = "the key's id, as list prints it") String id)
            throws IOException {
        if (!with(keys -> keys.revoke(id, Instant.now()))) {
            throw new IOException("key " + id + " does not exist or is already revoked");
        }
        StandardError.println("revoked " + id);
        return 0;
    }

    @Command(
            name = "delete",
            description = {
                "Deletes a key. It is then invalid and no longer in the list.",
                "Without any key, a server on a loopback address requires none."
            },
            mixinStandardHelpOptions = true)
    int delete(@Parameters(paramLabel = "ID", description = "the key's id, as list prints it") String id)
            throws IOException {
        if (!with(keys -> keys.delete(id))) {
            throw new IOException("key " + id + " does not exist");
        }
        StandardError.println("deleted " + id);
        return 0;
    }

    private static <T> T with(Function<ApiKeyRepository, T> work) throws IOException {
        ServerConfig config = ServerConfig.of(TradeOpsCommand.settings());
        try (Closer parts = Closer.closingAtExit()) {
            return work.apply(
                    new ApiKeyRepository(Backends.shareDatabaseOnly(config, ApiKeyRepository.entities(), parts)));
        }
    }

    private static String state(ApiKey key, Instant now) {
        if (key.revokedAt().isPresent()) {
            return "revoked";
        }
        return key.isValidAt(now) ? "valid" : "expired";
    }

    private static String seconds(Instant instant) {
        return Instant.ofEpochSecond(instant.getEpochSecond()).toString();
    }
}
