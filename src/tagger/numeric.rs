//! Exponential and logarithm from basic arithmetic alone: the platform's own differ in the last bit from machine to
//! machine, and scores and model files must not.

/// e to the power of `x`, right to about six digits; 0 far below, capped far above.
#[inline]
pub fn exp(x: f32) -> f32 {
    let x = x.clamp(-80.0, 80.0) * std::f32::consts::LOG2_E;
    let whole = x.floor();
    let part = x - whole;
    // 2^part on 0..1, minimax polynomial.
    let fraction =
        1.0 + part * (std::f32::consts::LN_2 + part * (0.240_226_5 + part * (0.055_503_3 + part * (0.009_618_4 + part * 0.001_339_9))));
    let exponent = ((whole as i32 + 127) as u32) << 23;
    fraction * f32::from_bits(exponent)
}

/// Natural logarithm of a positive normal number, right to about six digits.
#[inline]
pub fn ln(x: f32) -> f32 {
    let bits = x.max(f32::MIN_POSITIVE).to_bits();
    let mut exponent = (bits >> 23) as i32 - 127;
    let mut mantissa = f32::from_bits((bits & 0x007f_ffff) | 0x3f80_0000);
    if mantissa > std::f32::consts::SQRT_2 {
        mantissa *= 0.5;
        exponent += 1;
    }
    let ratio = (mantissa - 1.0) / (mantissa + 1.0);
    let square = ratio * ratio;
    let series = 2.0 * ratio * (1.0 + square * (1.0 / 3.0 + square * (0.2 + square * (1.0 / 7.0 + square / 9.0))));
    series + exponent as f32 * std::f32::consts::LN_2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_agree_with_the_platform_closely() {
        for i in -300..300 {
            let x = i as f32 * 0.1;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-4, "{x}: {} {}", exp(x), x.exp());
            let y = x.exp();
            assert!((ln(y) - x).abs() < 1e-4 + x.abs() * 1e-5, "{y}: {} {x}", ln(y));
        }
    }
}
