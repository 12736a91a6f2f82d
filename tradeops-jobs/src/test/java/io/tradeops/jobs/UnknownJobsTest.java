package io.tradeops.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.jobs.daily.AnalyzeDay;
import java.time.LocalDate;
import java.util.List;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.JobParameter;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.InMemoryStorageProvider;
import org.jobrunr.storage.Paging;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnknownJobsTest {

    private static final int MORE_THAN_A_PAGE = 1_500;

    private final InMemoryStorageProvider jobs = new InMemoryStorageProvider();

    @BeforeEach
    void setMapper() {
        jobs.setJobMapper(new JobMapper(new JacksonJsonMapper(false)));
    }

    @AfterEach
    void close() {
        jobs.close();
    }

    @Test
    void deletesEveryJobOfAClassThatWasMovedOrRenamedAndNoOther() {
        JobQueue queue = new JobQueue(jobs);
        for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
            queue.analyze(LocalDate.EPOCH.plusDays(i));
            store("io.tradeops.jobs.AnalyzeDay", "run", "io.tradeops.jobs.AnalyzeDay$Request");
        }
        store("io.tradeops.jobs.alert.DeliverAlerts", "run", "io.tradeops.jobs.alert.DeliverAlerts$Request");
        store("com.example.Other", "run", AnalyzeDay.Request.class.getName());

        UnknownJobs.delete(jobs);

        assertThat(jobs.getJobList(StateName.ENQUEUED, Paging.AmountBasedList.ascOnUpdatedAt(Integer.MAX_VALUE)))
                .hasSize(MORE_THAN_A_PAGE + 1)
                .allSatisfy(job -> assertThat(job.getJobDetails().getJobParameterValues()[0])
                        .isInstanceOf(AnalyzeDay.Request.class));
    }

    private void store(String handler, String method, String request) {
        JobParameter parameter = new JobParameter(request, new AnalyzeDay.Request("2026-11-20"));
        jobs.save(new Job(new JobDetails(handler, null, method, List.of(parameter))));
    }
}
