/** The servers that tests of this module run against: real ones, on free ports, shared where that is safe. */
@NullMarked
package im.magpie.service.testing;

import org.jspecify.annotations.NullMarked;
