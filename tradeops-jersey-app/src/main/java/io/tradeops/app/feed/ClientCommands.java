package io.tradeops.app.feed;

import io.tradeops.app.feed.wire.FeedCommand;
import io.tradeops.app.feed.wire.FeedFormatException;
import io.tradeops.app.feed.wire.FeedJson;
import io.tradeops.app.feed.wire.FeedMessage.Failure;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads and executes the commands of one client, as far as they are in its budget. What takes long is done before the
 * connection's lock is taken. Not thread-safe: the frames of a client come one after the other.
 */
final class ClientCommands {

    private static final int BURST = 100;

    private final FeedConnection connection;
    private final CommandBudget budget = new CommandBudget(BURST, System.nanoTime());

    /** The commands of the client of a connection. */
    ClientCommands(FeedConnection connection) {
        this.connection = connection;
    }

    /** Executes a command, if there is enough left for it. */
    void execute(String frame) {
        if (!budget.take(frame.length(), System.nanoTime())) {
            connection.answer(
                    new Failure(Failure.TOO_MANY, "too many or too large commands; at most 20 small ones a second"));
            return;
        }
        try {
            execute(FeedJson.decodeCommand(frame));
        } catch (FeedFormatException e) {
            connection.refuse(new Failure(Failure.BAD_COMMAND, String.valueOf(e.getMessage())));
        }
    }

    private void execute(FeedCommand command) {
        Optional<ClientSubscription> before = connection.subscription();
        if (command instanceof FeedCommand.Auth auth) {
            connection.authenticate(auth);
        } else if (before.isEmpty()) {
            connection.refuse(
                    new Failure(Failure.UNAUTHORIZED, "a key is needed first: {\"action\":\"auth\",\"key\":\"…\"}"));
        } else if (command instanceof FeedCommand.Subscribe subscribe) {
            before.get()
                    .add(subscribe)
                    .ifPresentOrElse(
                            change -> apply(change, subscribe.fromSeq()),
                            () -> connection.refuseTooMuch(new Failure(
                                    Failure.TOO_MUCH,
                                    "at most " + ClientSubscription.MAX_TICKERS + " tickers; subscribe to * for all")));
        } else {
            apply(before.get().remove((FeedCommand.Unsubscribe) command), OptionalLong.empty());
        }
    }

    private void apply(ClientSubscription.Change change, OptionalLong fromSeq) {
        ByteBuffer echo = Outbox.encode(change.message());
        int bytes = echo.remaining();
        long replayed = connection.apply(change.result(), echo, fromSeq);
        budget.charge(bytes, change.result().size(), replayed, System.nanoTime());
    }
}
