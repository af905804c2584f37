/** The exception that carries an error code from where a rule was broken to where a reply is written. */
@NullMarked
package im.magpie.common.error;

import org.jspecify.annotations.NullMarked;
