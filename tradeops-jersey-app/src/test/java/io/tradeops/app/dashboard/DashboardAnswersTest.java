package io.tradeops.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.support.RawHttp;
import io.tradeops.jobs.daily.ExportDay;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;
import org.jobrunr.jobs.JobId;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers of the dashboard: page, API, streams and errors. */
class DashboardAnswersTest {

    private final TestDashboard dashboard = TestDashboard.withPassword();

    @AfterEach
    void stop() {
        dashboard.close();
    }

    @Test
    void servesThePageAndItsFiles() throws Exception {
        RawHttp.Answer page = dashboard.get("/dashboard/jobs?state=FAILED");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.text()).contains("script-src 'nonce-", "connect-src 'self'; frame-ancestors 'none'");
        String script = page.body().replaceAll("(?s).*?src=\"(/dashboard/static/[^\"]*)\".*", "$1");

        RawHttp.Answer first = dashboard.get(script);
        RawHttp.Answer second = dashboard.get(script); // the first one was kept
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("Content-Type")).contains("javascript");
        assertThat(first.header("Cache-Control")).startsWith("public");
        assertThat(first.body()).isNotEmpty().isEqualTo(second.body());
        assertThat(second.header("Content-Security-Policy")).isEqualTo(first.header("Content-Security-Policy"));
    }

    @ParameterizedTest
    @CsvSource({"/", "/favicon.ico"})
    void otherPathsLeadToThePage(String path) throws Exception {
        RawHttp.Answer answer = dashboard.get(path);

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("/dashboard");
    }

    @Test
    void jobsAreListedDeletedAndQueuedAgain() throws Exception {
        JobId job = new JobRequestScheduler(dashboard.storage())
                .enqueue(new ExportDay.Request(LocalDate.parse("2026-11-20").toString()));
        RawHttp.Answer list = dashboard.get("/api/jobs?state=ENQUEUED&offset=0&limit=20&order=updatedAt:ASC");
        assertThat(list.header("Content-Type")).startsWith("application/json");
        assertThat(list.body()).contains(job.toString());
        assertThat(dashboard.get("/api/jobs/" + job).body()).contains(job.toString());

        assertThat(change("DELETE", "/api/jobs/" + job).status()).isEqualTo(204);
        assertThat(dashboard.storage().getJobById(job).hasState(StateName.DELETED))
                .isTrue();
        assertThat(change("POST", "/api/jobs/" + job + "/requeue").status()).isEqualTo(204);
        assertThat(dashboard.storage().getJobById(job).hasState(StateName.ENQUEUED))
                .isTrue();
        assertThat(change("POST", "/api/jobs/" + job + "/requeue").status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/jobs?state=NONSENSE, 400",
        "GET, /api/jobs/1, 400",
        "GET, /api/jobs?limit=101, 400",
        "GET, /api/jobs?state=FAILED&limit=1000000000000, 400",
        "GET, /api/jobs?limit=, 400",
        "GET, /api/nothing, 404",
        "GET, /sse, 404",
        "GET, /sse/jobs/x, 404",
        "POST, /sse/jobstats, 405",
        "PUT, /api/jobs, 405",
        "POST, /dashboard, 405",
        "GET, /dashboard/../../x, 400",
        "GET, /dashboard/static/nothing.js, 404"
    })
    void errorIsAProblemWithoutAStackTrace(String method, String path, int status) throws Exception {
        RawHttp.Answer answer = change(method, path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).contains("\"request_id\"").doesNotContain("Exception", "jobrunr", "\tat ");
        assertThat(answer.header("Allow").isEmpty()).isEqualTo(status != 405);
    }

    @Test
    void unknownJobIsNotFound() throws Exception {
        assertThat(dashboard.get("/api/jobs/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void bodyIsRefused() throws Exception {
        String head = "POST /api/jobs/1/requeue HTTP/1.1\r\nHost: localhost\r\n" + TestDashboard.PASSWORD_HEADER;

        assertThat(dashboard
                        .send(head + "\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}")
                        .status())
                .isEqualTo(413);
        assertThat(dashboard
                        .send(head + "\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void changeFromAnotherSiteIsRefused() throws Exception {
        String head = "DELETE /api/jobs/1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + TestDashboard.PASSWORD_HEADER;

        assertThat(dashboard
                        .send(head + "\r\nOrigin: http://evil.example\r\n\r\n")
                        .status())
                .isEqualTo(403);
        assertThat(dashboard
                        .send(head + "\r\nSec-Fetch-Site: cross-site\r\n\r\n")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void streamSendsEventsAndEndsWithTheDashboard() throws Exception {
        try (Socket client = dashboard.connect()) {
            client.getOutputStream()
                    .write(("GET /sse/servers HTTP/1.1\r\nHost: localhost\r\n" + TestDashboard.PASSWORD_HEADER
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(readUntil(client, "data: [")).contains("text/event-stream");

            dashboard.close();
            assertThat(RawHttp.read(client).text()).contains("event: close");
        }
    }

    private RawHttp.Answer change(String method, String path) throws IOException {
        return dashboard.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + TestDashboard.PASSWORD_HEADER + "\r\nContent-Length: 0\r\n\r\n");
    }

    private static String readUntil(Socket client, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = client.getInputStream().read();
            assertThat(next).as(text.toString()).isNotNegative();
            text.append((char) next);
        }
        return text.toString();
    }
}
