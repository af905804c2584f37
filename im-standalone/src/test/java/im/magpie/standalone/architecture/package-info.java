/** The boundaries that the build holds. They stand here because only im-standalone sees every module. */
@NullMarked
package im.magpie.standalone.architecture;

import org.jspecify.annotations.NullMarked;
