package io.tradeops.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import jakarta.persistence.Entity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The design's rules for modules and packages. */
class ArchitectureTest {

    private static final String APP = "io.tradeops.app";

    /** The packages of the app that every feature may use. */
    private static final List<String> FLOORS = List.of("db", "rest", "access", "tick", "log");

    /** The features, and the other features that each may use. */
    private static final Map<String, List<String>> FEATURES = Map.ofEntries(
            Map.entry("trade", List.of()),
            Map.entry("average", List.of()),
            Map.entry("alert", List.of()),
            Map.entry("analysis", List.of()),
            Map.entry("key", List.of()),
            Map.entry("webhook", List.of()),
            Map.entry("feed.wire", List.of()),
            Map.entry("feed.market", List.of()),
            Map.entry("feed", List.of("feed.wire", "feed.market")),
            Map.entry("monitor", List.of("feed.wire", "alert")),
            Map.entry("site", List.of()));

    /** The packages that know no feature, and the packages of the app that each may use. */
    private static final Map<String, List<String>> BASE = Map.of(
            "db", List.of(),
            "embedded", List.of("log"),
            "log", List.of(),
            "access", List.of(),
            "rest", List.of("db"),
            "tick", List.of("db"),
            "http", List.of("db", "rest", "access", "log"),
            "dashboard", List.of("http", "rest", "access", "log"));

    /** The packages whose settings {@code config} reads. */
    private static final Set<String> CONFIG_USES =
            Set.of("config", "feed.market", "monitor", "webhook", "db", "embedded", "http", "dashboard", "log");

    private static final Set<String> OTHER_MODULES = Set.of(
            "io.tradeops.core.trade",
            "io.tradeops.core.codec",
            "io.tradeops.core.window",
            "io.tradeops.core.average",
            "io.tradeops.core.csv",
            "io.tradeops.lambda",
            "io.tradeops.lambda.analysis",
            "io.tradeops.lambda.bucket",
            "io.tradeops.jobs",
            "io.tradeops.jobs.average",
            "io.tradeops.jobs.daily",
            "io.tradeops.jobs.alert",
            "io.tradeops.jobs.thread",
            "io.tradeops.jobs.tick",
            "io.tradeops.jobs.dashboard");

    /** Types that AWS, Logback or the launcher find by their names. */
    private static final Set<String> USED_WITHOUT_A_TRACE = Set.of(
            "io.tradeops.lambda.AnalyzeTradesHandler",
            APP + ".log.JsonLogEncoder",
            APP + ".log.EscapedMessageConverter",
            APP + ".log.EscapedThrowableConverter",
            APP + ".log.GoneClientFilter",
            APP + ".cli.Main",
            APP + ".monitor.BatchListener");

    private static final int MOST_FILES = 25;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
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
    void windowAverageAndCsvUseTradeAndCodecAndNeverEachOther() {
        for (String one : List.of("window", "average", "csv")) {
            check(classes()
                    .that()
                    .resideInAPackage("io.tradeops.core." + one)
                    .should()
                    .onlyDependOnClassesThat(isOutside("io.tradeops.core")
                            .or(JavaClass.Predicates.resideInAnyPackage(
                                    "io.tradeops.core." + one, "io.tradeops.core.trade", "io.tradeops.core.codec"))));
        }
    }

    @Test
    void codecUsesTheJdkOnly() {
        check(classes()
                .that()
                .resideInAPackage("io.tradeops.core.codec")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.tradeops.core.codec", "java..", "org.jspecify.annotations.."));
    }

    @Test
    void lambdaKnowsNeitherJobsNorApp() {
        check(noClasses()
                .that()
                .resideInAPackage("io.tradeops.lambda..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tradeops.jobs..", APP + "..", "org.jobrunr.."));
    }

    @Test
    void jobsDoNotKnowTheApp() {
        check(noClasses()
                .that()
                .resideInAPackage("io.tradeops.jobs..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(APP + ".."));
    }

    @Test
    void onlyTheBucketKnowsTheAwsSdk() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.tradeops.lambda.bucket")
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
    void featuresUseTheFloorsAndOnlyTheDocumentedFeatures() {
        FEATURES.forEach((feature, others) -> usesOnly(
                feature,
                Stream.of(FLOORS, others, List.of(feature))
                        .flatMap(List::stream)
                        .collect(Collectors.toSet())));
    }

    @Test
    void basePackagesKnowNoFeature() {
        BASE.forEach((base, others) -> usesOnly(
                base, Stream.of(others, List.of(base)).flatMap(List::stream).collect(Collectors.toSet())));
    }

    @Test
    void settingsKnowTheSettingsOfThePartsOnly() {
        usesOnly("config", CONFIG_USES);
    }

    @Test
    void feedMessagesKnowNoSocket() {
        check(noClasses()
                .that()
                .resideInAPackage(APP + ".feed.wire")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.websocket..", "org.eclipse.jetty..", "org.glassfish.tyrus.."));
    }

    @Test
    void nothingImportsTheCommandLine() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(APP + ".cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(APP + ".cli"));
    }

    @Test
    void onlyTheCommandLineImportsTheRoot() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(APP, APP + ".cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(APP));
    }

    @Test
    void everyPackageIsNamedByARule() {
        Set<String> named = Stream.of(FEATURES.keySet(), BASE.keySet(), Set.of("config", "cli"))
                .flatMap(Set::stream)
                .map(name -> APP + "." + name)
                .collect(Collectors.toCollection(TreeSet::new));
        named.add(APP);
        named.addAll(OTHER_MODULES);
        Set<String> there =
                CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        there.remove("io.tradeops"); // holds packages only
        assertThat(there).isEqualTo(named);
    }

    @Test
    void packagesOfTheAppAreSmall() {
        Map<String, Long> files = CLASSES.stream()
                .filter(type -> type.getPackageName().startsWith(APP) && type.isTopLevelClass())
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
        assertThat(files).allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MOST_FILES));
    }

    @Test
    void noTwoTypesHaveOneName() {
        Map<String, List<String>> packages = CLASSES.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName,
                        TreeMap::new,
                        Collectors.mapping(JavaClass::getPackageName, Collectors.toList())));
        packages.values().removeIf(found -> found.size() == 1);
        assertThat(packages).isEmpty();
    }

    @Test
    void aTypeIsPublicOnlyWhereAnotherPackageUsesIt() {
        check(classes()
                .that()
                .resideInAnyPackage(APP + "..", "io.tradeops.jobs..", "io.tradeops.lambda..")
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should(beUsedByAnotherPackage()));
    }

    @Test
    void entitiesArePackagePrivate() {
        check(classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate());
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().assignedFrom(eachPackage()).should().beFreeOfCycles());
        check(slices().matching("io.tradeops.(core|lambda|jobs|app)..").should().beFreeOfCycles());
    }

    private static void usesOnly(String name, Set<String> used) {
        String[] packages = used.stream().map(other -> APP + "." + other).toArray(String[]::new);
        check(classes()
                .that()
                .resideInAPackage(APP + "." + name)
                .should()
                .onlyDependOnClassesThat(isOutside(APP).or(JavaClass.Predicates.resideInAnyPackage(packages)))
                .because(name + " uses " + String.join(", ", new TreeSet<>(used))));
    }

    private static DescribedPredicate<JavaClass> isOutside(String root) {
        return JavaClass.Predicates.resideOutsideOfPackage(root + "..");
    }

    private static ArchCondition<JavaClass> beUsedByAnotherPackage() {
        return new ArchCondition<>("be used by another package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean isUsed = USED_WITHOUT_A_TRACE.contains(type.getName())
                        || withNested(type)
                                .flatMap(each -> each.getDirectDependenciesToSelf().stream())
                                .anyMatch(use ->
                                        !use.getOriginClass().getPackageName().equals(type.getPackageName()));
                if (!isUsed) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is public for nobody"));
                }
            }
        };
    }

    private static Stream<JavaClass> withNested(JavaClass type) {
        return CLASSES.stream()
                .filter(each -> each.equals(type) || each.getName().startsWith(type.getName() + "$"))
                .filter(each -> each.equals(type) || !each.getModifiers().contains(JavaModifier.PRIVATE));
    }

    private static SliceAssignment eachPackage() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return type.getPackageName().startsWith("io.tradeops.")
                        ? SliceIdentifier.of(Arrays.asList(type.getPackageName()))
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "each package";
            }
        };
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }
}
