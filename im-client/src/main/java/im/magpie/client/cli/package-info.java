/** The command line client: chat in a terminal, a demonstration that checks itself, and a load to measure with. */
@NullMarked
package im.magpie.client.cli;

import org.jspecify.annotations.NullMarked;
