package io.tradeops.app.analysis;

import java.net.URI;
import java.util.UUID;

/** The answer to a queued analysis: where it will be, and the job that makes it. */
record QueuedAnalysisJson(String date, URI location, UUID jobId) {}
