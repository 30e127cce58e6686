using Microsoft.AspNetCore.Http;

namespace HaoSuan.Upstreams.Wire;

/// <summary>
/// A platform upstream of us that takes orders for number cards and tells what becomes of them. It pushes unreliably (a few
/// tries, then silence) and answers queries sparingly, so both are used and both give the same reports: merge them by
/// <see cref="UpstreamReport.EventId"/>. Keep one per upstream account: it counts its queries.
/// </summary>
public interface IUpstreamWire
{
    /// <summary>"haoyi", "hao172", or the name of a described one.</summary>
    string Name { get; }

    /// <summary>How many orders one query may name.</summary>
    int OrdersPerQuery { get; }

    /// <summary>Hands an order over. Our order number is the idempotency key; after an unknown outcome, query it.</summary>
    Task<Submission> SubmitAsync(UpstreamOrder order, CancellationToken cancel);

    /// <summary>
    /// Asks for an order back. Asking again for the same order is the same wish, so it is also the way to learn what became of it.
    /// Only what the upstream has signed counts as its answer.
    /// </summary>
    Task<Withdrawal> WithdrawAsync(string orderNo, CancellationToken cancel);

    /// <summary>
    /// What the upstream knows of these orders. Refused with <c>upstreams.query_limit</c> (argument: seconds to wait) where
    /// the minute's queries are used up, and with <c>upstreams.unreachable</c> or <c>upstreams.unreadable</c> where nothing is known.
    /// </summary>
    Task<Result<UpstreamAnswer>> QueryAsync(IReadOnlyCollection<string> orderNos, CancellationToken cancel);

    /// <summary>The verified reports of a callback, or why it is none. An unsigned callback is never taken.</summary>
    Task<Result<IReadOnlyList<UpstreamReport>>> ReadCallbackAsync(HttpRequest request, CancellationToken cancel);

    /// <summary>The answer that ends the upstream's repeats: only after the reports have been committed.</summary>
    IResult Taken();

    /// <summary>The answer on which the upstream calls again.</summary>
    IResult NotTaken(Refusal why);
}
