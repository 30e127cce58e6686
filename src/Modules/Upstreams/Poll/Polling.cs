namespace HaoSuan.Upstreams;

/// <summary>How often an upstream is asked about an order: often at first, then every six hours, for half a year.</summary>
internal static class Polling
{
    private const int Most = 800;
    private static readonly TimeSpan First = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    public static Instant? Next(int polls, Instant now) => polls >= Most
        ? null
        : now + TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, First.TotalSeconds * (1 << Math.Min(polls, 16))));
}
