namespace HaoSuan.Sandbox;

public enum DeliveryState
{
    Waiting,
    Sending,
    Taken,
    Lost,
    GivenUp,
}

/// <summary>Something that the other side tells the platform: a payment notice, a refund notice, an upstream's callback.</summary>
/// <param name="Build">The request of one attempt, with what is to be wrong about it.</param>
/// <param name="Accepts">Whether status and body of the answer end the repeats.</param>
/// <param name="Retries">The pauses before each repeat.</param>
internal sealed record Message(
    Wire Wire,
    string What,
    Func<Fault?, HttpRequestMessage> Build,
    Func<int, string, bool> Accepts,
    IReadOnlyList<TimeSpan> Retries);

internal sealed class Delivery(int number, Message message, Instant due, Fault? fault)
{
    public int Number => number;

    public Message Message => message;

    public Instant Due { get; set; } = due;

    /// <summary>Spoils the first attempt only: a refused forgery is followed by the genuine notice.</summary>
    public Fault? Fault { get; set; } = fault;

    public DeliveryState State { get; set; }

    public List<string> Answers { get; } = [];

    public DeliveryLine Line() => new(Number, Message.Wire, Message.What, State, Due, [.. Answers]);
}

/// <summary>
/// Everything on its way to the platform: at least once, in no promised order, repeated by each wire's own schedule.
/// Nothing leaves by itself: the host's clock or a test calls <see cref="DeliverAsync"/>.
/// </summary>
public sealed class Deliveries(TimeProvider time, Faults faults, HttpMessageInvoker outbound)
{
    private readonly List<Delivery> _all = [];
    private readonly Lock _gate = new();

    internal void Add(Message message, Instant due)
    {
        var fault = faults.Take(message.Wire, On.Delivery);
        var when = fault == Fault.Delay ? due + faults.Delay : due;
        lock (_gate)
        {
            var state = fault == Fault.Lose ? DeliveryState.Lost : DeliveryState.Waiting;
            _all.Add(new(_all.Count + 1, message, when, fault) { State = state });
            if (fault == Fault.Twice) _all.Add(new(_all.Count + 1, message, when, null));
        }
    }

    /// <summary>Sends what is due, or everything that waits, oldest first or newest first. Says how many were sent.</summary>
    public async Task<int> DeliverAsync(bool all = false, bool newestFirst = false, CancellationToken cancel = default)
    {
        var due = TakeDue(all, newestFirst);
        foreach (var delivery in due) await SendAsync(delivery, cancel);
        return due.Length;
    }

    /// <summary>The log, for the control page and for tests: number, wire, what, state, answers.</summary>
    public IReadOnlyList<DeliveryLine> Lines()
    {
        lock (_gate) return [.. _all.Select(d => d.Line())];
    }

    private Delivery[] TakeDue(bool all, bool newestFirst)
    {
        lock (_gate)
        {
            var waiting = _all.Where(d => d.State == DeliveryState.Waiting && (all || d.Due <= time.Now))
                .OrderBy(d => d.Due).ThenBy(d => d.Number);
            Delivery[] due = newestFirst ? [.. waiting.Reverse()] : [.. waiting];
            foreach (var delivery in due) delivery.State = DeliveryState.Sending;
            return due;
        }
    }

    private async Task SendAsync(Delivery delivery, CancellationToken cancel)
    {
        var (status, body) = await AnswerAsync(delivery, cancel);
        lock (_gate)
        {
            delivery.Fault = null;
            delivery.Answers.Add(status == 0 ? body : $"{status} {body}".TrimEnd());
            if (delivery.Message.Accepts(status, body)) delivery.State = DeliveryState.Taken;
            else if (delivery.Answers.Count > delivery.Message.Retries.Count) delivery.State = DeliveryState.GivenUp;
            else (delivery.State, delivery.Due) = (DeliveryState.Waiting, time.Now + delivery.Message.Retries[delivery.Answers.Count - 1]);
        }
    }

    private async Task<(int Status, string Body)> AnswerAsync(Delivery delivery, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            using var request = delivery.Message.Build(delivery.Fault);
            using var response = await outbound.SendAsync(request, patience.Token);
            var body = await response.Content.ReadAsStringAsync(patience.Token);
            return ((int)response.StatusCode, body.Length > 200 ? body[..200] : body);
        }
        catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return (0, broken.GetType().Name);
        }
    }
}

public sealed record DeliveryLine(int Number, Wire Wire, string What, DeliveryState State, Instant Due, IReadOnlyList<string> Answers);
