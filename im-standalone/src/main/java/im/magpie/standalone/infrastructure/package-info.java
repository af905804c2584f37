/**
 * The servers that a standalone Magpie carries with it: a database and a Redis as child processes, a broker in this JVM, all of them over
 * one data directory, on loopback ports of their own and with generated passwords.
 */
@NullMarked
package im.magpie.standalone.infrastructure;

import org.jspecify.annotations.NullMarked;
