/** Finds a system that runs on this machine: where it listens, and which processes it has. */
@NullMarked
package im.magpie.bench.site;

import org.jspecify.annotations.NullMarked;
