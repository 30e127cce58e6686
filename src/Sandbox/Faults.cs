namespace HaoSuan.Sandbox;

public enum Wire
{
    WeChat,
    Alipay,
    Haoyi,
    Hao172,
    Sms,
    Yunfan,
    IdCheck,
    Mail,
    Invoices,
}

/// <summary>What is to go wrong. Calls know the first group, deliveries (notices, callbacks) the second, both the third.</summary>
public enum Fault
{
    /// <summary>The call does nothing and answers with a server error.</summary>
    Fail,

    /// <summary>The call does its work and then answers with a server error.</summary>
    FailAfter,

    /// <summary>The call does its work and never answers.</summary>
    HangAfter,

    /// <summary>Too many requests.</summary>
    Busy,

    /// <summary>A withdrawal is taken note of, and decided later by the upstream's staff.</summary>
    DecideLater,

    /// <summary>Never sent, nor repeated.</summary>
    Lose,

    /// <summary>Sent two times.</summary>
    Twice,

    /// <summary>Sent later: what is told after it arrives before it.</summary>
    Delay,

    /// <summary>Signed by a stranger's key.</summary>
    Forge,

    /// <summary>Altered after it was signed.</summary>
    Tamper,

    /// <summary>Signed by the name of a key that nobody has.</summary>
    WrongSerial,

    /// <summary>Signed correctly, an hour ago.</summary>
    Stale,
}

public enum On
{
    Call,
    Delivery,
}

/// <summary>The faults that wait for the next calls and deliveries of each wire, in the order in which they were asked for.</summary>
public sealed class Faults
{
    private readonly Dictionary<(Wire, On), Queue<Fault>> _waiting = [];
    private readonly Lock _gate = new();

    /// <summary>How late a <see cref="Fault.Delay"/> is.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMinutes(2);

    public void Set(Wire wire, On on, Fault fault, int times = 1)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue((wire, on), out var queue)) _waiting[(wire, on)] = queue = new();
            for (var i = 0; i < times; i++) queue.Enqueue(fault);
        }
    }

    public Fault? Take(Wire wire, On on)
    {
        lock (_gate)
        {
            return _waiting.TryGetValue((wire, on), out var queue) && queue.TryDequeue(out var fault) ? fault : null;
        }
    }

    public void Clear()
    {
        lock (_gate) _waiting.Clear();
    }
}
