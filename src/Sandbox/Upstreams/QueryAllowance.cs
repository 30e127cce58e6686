namespace HaoSuan.Sandbox.Upstreams;

/// <summary>Sixty queries a minute and ten orders each: what the platforms grant.</summary>
internal sealed class QueryAllowance(TimeProvider time)
{
    public const int Orders = 10;
    private const int PerMinute = 60;

    private readonly Queue<Instant> _taken = new();
    private readonly Lock _gate = new();

    public bool Take()
    {
        lock (_gate)
        {
            while (_taken.TryPeek(out var oldest) && time.Now - oldest >= TimeSpan.FromMinutes(1)) _taken.Dequeue();
            if (_taken.Count >= PerMinute) return false;
            _taken.Enqueue(time.Now);
            return true;
        }
    }
}
