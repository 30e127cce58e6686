namespace HaoSuan.Web.Demo;

/// <summary>What is to happen, by its instant; at the same instant in the sequence in which it was put down.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Func<Task>, (Instant At, int Number)> _events = new();
    private int _count;

    public void Add(Instant at, Func<Task> happens) => _events.Enqueue(happens, (at, _count++));

    /// <summary>Takes the next event up to that instant.</summary>
    public bool TryTake(Instant until, out Instant at, out Func<Task> happens)
    {
        at = default;
        if (!_events.TryPeek(out happens!, out var place) || place.At > until) return false;
        _events.Dequeue();
        at = place.At;
        return true;
    }
}
