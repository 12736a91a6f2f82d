package io.tradeops.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;
import org.junit.jupiter.api.Test;

/** The design's sentences about modules and packages. */
class ArchitectureTest {

    private static final String[] FEATURES = {
        "io.tradeops.app.trade..",
        "io.tradeops.app.average..",
        "io.tradeops.app.alert..",
        "io.tradeops.app.analysis..",
        "io.tradeops.app.feed..",
        "io.tradeops.app.key..",
        "io.tradeops.app.monitor..",
        "io.tradeops.app.webhook.."
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tradeops");

    @Test
    void coreUsesTheJdkOnly() {
        check(classes()
                .that()
                .resideInAPackage("io.tradeops.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.tradeops.core..", "java..", "org.jspecify.annotations.."));
    }

    @Test
    void windowAverageAndCsvUseTradeAndNeverEachOther() {
        for (String one : new String[] {"window", "average", "csv"}) {
            for (String other : new String[] {"window", "average", "csv"}) {
                if (!one.equals(other)) {
                    check(noClasses()
                            .that()
                            .resideInAPackage("io.tradeops.core." + one + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage("io.tradeops.core." + other + ".."));
                }
            }
        }
    }

    @Test
    void tradeUsesNoOtherPackageOfTheCore() {
        check(noClasses()
                .that()
                .resideInAPackage("io.tradeops.core.trade..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.tradeops.core.window..", "io.tradeops.core.average..", "io.tradeops.core.csv.."));
    }

    @Test
    void lambdaKnowsNeitherJobsNorApp() {
        check(noClasses()
                .that()
                .resideInAPackage("io.tradeops.lambda..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tradeops.jobs..", "io.tradeops.app..", "org.jobrunr.."));
    }

    @Test
    void jobsDoNotKnowTheApp() {
        check(noClasses()
                .that()
                .resideInAPackage("io.tradeops.jobs..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tradeops.app.."));
    }

    @Test
    void onlyLambdaKnowsTheAwsSdk() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.tradeops.lambda..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.."));
    }

    @Test
    void onlyJobsKnowJobRunr() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.tradeops.jobs..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jobrunr.."));
    }

    @Test
    void databaseHttpAndEmbeddedServicesKnowNoFeature() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.tradeops.app.db..", "io.tradeops.app.http..", "io.tradeops.app.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FEATURES));
    }

    @Test
    void featuresDoNotImportEachOtherSaveTheMonitorFeedAndAlert() {
        for (String feature : FEATURES) {
            for (String other : FEATURES) {
                boolean allowed = feature.equals(other)
                        || (feature.contains("monitor") && (other.contains("feed") || other.contains("alert")));
                if (!allowed) {
                    check(noClasses()
                            .that()
                            .resideInAPackage(feature)
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(other));
                }
            }
        }
    }

    @Test
    void onlyTheRootImportsTheRoot() {
        check(noClasses()
                .that()
                .resideInAnyPackage(FEATURES)
                .or()
                .resideInAnyPackage("io.tradeops.app.db..", "io.tradeops.app.http..", "io.tradeops.app.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tradeops.app", "io.tradeops.app.cli.."));
    }

    @Test
    void entitiesArePackagePrivate() {
        check(classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate());
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("io.tradeops.core.(*)..").should().beFreeOfCycles());
        check(slices().matching("io.tradeops.(core|lambda|jobs|app)..").should().beFreeOfCycles());
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }
}
