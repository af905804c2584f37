package im.magpie.bench.report;

/** Text within a page. */
final class Html {

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private Html() {}
}
