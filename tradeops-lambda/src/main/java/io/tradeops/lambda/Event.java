package io.tradeops.lambda;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the function is asked for, whoever asks. */
sealed interface Event {

    /** Somebody invoked the function: a day, as given, and whether to analyse it even if it is analysed. */
    record Direct(String date, boolean again) implements Event {}

    /** A scheduler did, at a time if it says so. */
    record Schedule(Optional<Instant> time) implements Event {}

    /** Objects were written or removed. */
    record Objects(List<ChangedObject> objects) implements Event {}

    /** An HTTP request: its path, the values of {@code ?date=}, and its {@code Accept} header, empty if it has none. */
    record Http(String method, String path, List<String> dates, String accept) implements Event {}

    /** An object, and whether it is there now. */
    record ChangedObject(String bucket, String key, boolean created) {}
}
