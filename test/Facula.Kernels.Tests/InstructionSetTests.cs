using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels.Tests;

/// <summary>A run that means to do without an instruction set must really do without it: the runtime ignores switches it does not know.</summary>
[Trait("Size", "Small")]
public class InstructionSetTests
{
    [Fact]
    public void TheSetThatTheRunSwitchedOffIsOff()
    {
        switch (Environment.GetEnvironmentVariable("FACULA_EXPECT_OFF"))
        {
            case null or "": break;
            case "AVX512": Assert.False(Avx512F.IsSupported); break;
            case "AVX2": Assert.False(Avx2.IsSupported || Avx512F.IsSupported); break;
            case "HWIntrinsic": Assert.False(Sse42.IsSupported || Avx.IsSupported || Vector128.IsHardwareAccelerated); break;
            case var other: Assert.Fail($"FACULA_EXPECT_OFF={other} names no set"); break;
        }
    }
}
