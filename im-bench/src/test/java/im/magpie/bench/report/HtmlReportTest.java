package im.magpie.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class HtmlReportTest {

    private final String page = HtmlReport.text(List.of(Runs.of(1, 1_000), Runs.of(2, 2_000)));

    @Test
    void thePageNeedsNothingButItself() {
        assertThat(page).doesNotContain("<script", "http://", "https://", "src=", "@import");
    }

    @Test
    void figuresAndChartsAreWellFormed() throws Exception {
        var body = page.substring(page.indexOf("<body>"), page.indexOf("</html>"));
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(body)));

        assertThat(document.getElementsByTagName("h2").item(0).getTextContent()).isEqualTo("W1, 8 <outstanding>");
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(5);
        // Two runs in each chart, and two curves of each in two of them.
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(14);
    }

    @Test
    void everyLatencyIsInSomeBin() {
        var latencies = Runs.of(1, 1).latency("delivery");

        assertThat(Charts.bins(latencies).stream().mapToDouble(Chart.Point::y).sum())
                .isBetween(99.9, 100.1);
        assertThat(Charts.bins(latencies)).allSatisfy(bin -> assertThat(bin.x()).isBetween(0.9, 1_200.0));
    }
}
