/** A whole business system for tests, with a real database, and a Magpie that only listens. */
@NullMarked
package im.magpie.appbusiness.testing;

import org.jspecify.annotations.NullMarked;
