package io.tradeops.jobs;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jobrunr.jobs.AbstractJob;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.RecurringJob;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.Paging;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.utils.JobUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stored jobs of an older build, whose classes were moved or renamed since: every run of them would fail. A job that is
 * being processed is left to its worker. Not thread-safe; several processes may delete at the same time.
 */
final class UnknownJobs {

    private static final Logger log = LoggerFactory.getLogger(UnknownJobs.class);

    private static final int PAGE = 1_000;

    /**
     * Classes that were in this package before each feature had its own, and the class that is now called
     * QueueAlertDeliveries. Jobs of other programs are left alone.
     */
    private static final Pattern OLD_NAME =
            Pattern.compile("io\\.tradeops\\.jobs\\.([A-Z]\\w*|alert\\.DeliverAlerts)(\\$\\w+)?");

    private final StorageProvider storage;
    private final Map<String, Integer> deleted = new TreeMap<>();

    private UnknownJobs(StorageProvider storage) {
        this.storage = storage;
    }

    /** Deletes these jobs, and logs in one line how many of which class. */
    static void delete(StorageProvider storage) {
        UnknownJobs unknown = new UnknownJobs(storage);
        unknown.deleteRecurringJobs();
        for (StateName state : EnumSet.complementOf(EnumSet.of(StateName.PROCESSING))) {
            if (!storage.getDistinctJobSignatures(state).stream().allMatch(JobUtils::jobExists)) {
                unknown.deleteJobs(state);
            }
        }
        if (!unknown.deleted.isEmpty()) {
            log.warn("deleted stored jobs of an older build, whose classes were moved or renamed: {}", unknown.deleted);
        }
    }

    private void deleteRecurringJobs() {
        for (RecurringJob job : storage.getRecurringJobs()) {
            if (isUnknown(job)) {
                count(job, storage.deleteRecurringJob(job.getId()));
            }
        }
    }

    /** The offset of the next page counts the jobs that stay: deleted jobs no longer precede it. */
    private void deleteJobs(StateName state) {
        long known = 0;
        List<Job> page;
        do {
            page = storage.getJobs(state, Paging.OffsetBasedPage.ascOnUpdatedAt(known, PAGE))
                    .getItems();
            for (Job job : page) {
                if (isUnknown(job)) {
                    count(job, storage.deletePermanently(job.getId()));
                } else {
                    known++;
                }
            }
        } while (page.size() == PAGE);
    }

    private static boolean isUnknown(AbstractJob job) {
        return OLD_NAME.matcher(job.getJobDetails().getClassName()).matches()
                && !JobUtils.jobExists(job.getJobSignature());
    }

    private void count(AbstractJob job, int rows) {
        if (rows > 0) {
            deleted.merge(job.getJobDetails().getClassName(), rows, Integer::sum);
        }
    }
}
