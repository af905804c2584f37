/** The system under test as a process, and what can be done to it from outside. */
@NullMarked
package im.magpie.e2e.system;

import org.jspecify.annotations.NullMarked;
