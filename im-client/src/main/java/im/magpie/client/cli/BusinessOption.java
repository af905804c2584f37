package im.magpie.client.cli;

import picocli.CommandLine.Option;

/** Where the business system is. */
final class BusinessOption {

    @Option(
            names = "--business",
            paramLabel = "URL",
            defaultValue = "${env:IM_BUSINESS:-http://127.0.0.1:8003}",
            description = "the business system that signs users in (default: ${DEFAULT-VALUE})")
    private String url = "";

    Business business() {
        return new Business(url);
    }
}
