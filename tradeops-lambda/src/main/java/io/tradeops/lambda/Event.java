package io.tradeops.lambda;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An event that invokes the function. */
sealed interface Event {

    /** A direct invocation: the day, as given, and whether to analyse it even if it is already analysed. */
    record Direct(String date, boolean force) implements Event {}

    /** A scheduled event, with its time if it has one. */
    record Schedule(Optional<Instant> time) implements Event {}

    /** Objects were written or deleted. */
    record Objects(List<ChangedObject> objects) implements Event {}

    /** An HTTP request: its path, the values of {@code ?date=}, and its {@code Accept} header, empty if it has none. */
    record Http(String method, String path, List<String> dates, String accept) implements Event {}

    /** An object, and whether it was written rather than deleted. */
    record ChangedObject(String bucket, String key, boolean created) {}
}
