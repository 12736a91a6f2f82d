package io.tradeops.app.analysis;

import java.net.URI;
import java.util.UUID;

/** The answer for a queued analysis: its URL, and the id of the export job that the analysis follows. */
record QueuedAnalysisJson(String date, URI location, UUID jobId) {}
