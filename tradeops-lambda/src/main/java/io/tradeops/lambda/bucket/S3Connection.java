package io.tradeops.lambda.bucket;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Sets up the SDK's client for {@link TradeBucket}. Static functions; thread-safe.
 *
 * <p>Servers other than AWS's may support neither bucket names in host names nor the SDK's checksums; some store a
 * checksum trailer as content. So if the endpoint is overridden, by argument or by the environment, addresses are
 * path-style and only required checksums are sent. Bodies over plain HTTP are still signed in chunks, which every
 * server must support. A body signed as a whole would be held in memory until its end; s3proxy refuses such bodies of
 * more than 128 MB.
 */
final class S3Connection {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(15);

    private S3Connection() {}

    /** Only a built client tells whether variables, properties or profiles override its endpoint. */
    static S3Client fromEnvironment() {
        S3Client client = builder().build();
        if (endpoint(client).isEmpty()) {
            return client;
        }
        client.close();
        return withCustomEndpoint(builder()).build();
    }

    static S3Client to(URI endpoint, String accessKey, String secretKey, String region) {
        return withCustomEndpoint(builder())
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .build();
    }

    /** The endpoint for messages: the server, or AWS and the region. */
    static String describe(S3Client client) {
        return endpoint(client)
                .map(URI::toString)
                .orElseGet(() ->
                        "AWS region " + client.serviceClientConfiguration().region());
    }

    /** The store's answer, without the SDK's additions. */
    static String reason(S3Exception answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        if (details == null || details.errorMessage() == null) {
            return "status " + answer.statusCode();
        }
        return details.errorMessage() + " (" + details.errorCode() + ", status " + answer.statusCode() + ")";
    }

    /** Why a call was not sent. A missing setting is named, without the SDK's list of places where it looked for it. */
    static String reason(SdkException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.startsWith("Unable to load region")) {
            return "no AWS region is set; set AWS_REGION";
        }
        if (message.startsWith("Unable to load credentials")) {
            return "no AWS credentials are set; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE";
        }
        return message;
    }

    private static Optional<URI> endpoint(S3Client client) {
        S3ServiceClientConfiguration configuration = client.serviceClientConfiguration();
        return configuration.endpointOverride();
    }

    private static S3ClientBuilder builder() {
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(READ_TIMEOUT))
                .overrideConfiguration(options -> options.apiCallTimeout(CALL_TIMEOUT));
    }

    private static S3ClientBuilder withCustomEndpoint(S3ClientBuilder builder) {
        return builder.forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    }
}
