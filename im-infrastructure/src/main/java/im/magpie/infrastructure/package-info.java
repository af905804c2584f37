/**
 * The servers that Magpie carries with it, for standalone and for tests: a database and a Redis as child processes, a broker in this JVM.
 * They stand over a data directory, on loopback ports of their own and with generated passwords, and end when this JVM does.
 */
@NullMarked
package im.magpie.infrastructure;

import org.jspecify.annotations.NullMarked;
