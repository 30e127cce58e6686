namespace HaoSuan.Sandbox;

/// <summary>What both channels keep of a payment: 0.6 %, to the nearest fen.</summary>
internal static class SandboxFee
{
    public static readonly Bps Rate = new(60);

    public static long Of(long fen) => ((fen * Rate.Value) + 5_000) / 10_000;
}
