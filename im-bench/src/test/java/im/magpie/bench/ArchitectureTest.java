package im.magpie.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "im.magpie.bench", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NO_SERVER_IS_KNOWN = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "im.magpie.bench..",
                    "im.magpie.client.connection..",
                    "im.magpie.codec..",
                    "java..",
                    "javax.crypto..",
                    "jdk.jfr..",
                    "com.google.gson..",
                    "com.google.protobuf..",
                    "io.netty..",
                    "org.HdrHistogram..",
                    "org.jspecify.annotations..",
                    "org.openjdk.jmh..",
                    "picocli..")
            .because("what is measured is measured from outside");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("im.magpie.bench.(*)..").should().beFreeOfCycles();
}
