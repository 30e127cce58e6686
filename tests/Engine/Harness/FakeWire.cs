using HaoSuan.Upstreams.Wire;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Tests.Engine;

/// <summary>An upstream that says what a test tells it to say.</summary>
internal sealed class FakeWire : IUpstreamWire
{
    public Submission Outcome { get; set; } = new Submission.Taken("U1");

    public Withdrawal Answer { get; set; } = new Withdrawal.Withdrawn();

    public int Withdrawals { get; private set; }

    public bool Knows { get; set; } = true;

    public IReadOnlyList<UpstreamReport> Reports { get; set; } = [];

    public int Submitted { get; private set; }

    public UpstreamOrder? Last { get; private set; }

    public int Queries { get; private set; }

    public string Name => "hao172";

    public int OrdersPerQuery => 10;

    public Task<Submission> SubmitAsync(UpstreamOrder order, CancellationToken cancel)
    {
        Submitted++;
        Last = order;
        return Task.FromResult(Outcome);
    }

    public Task<Withdrawal> WithdrawAsync(string orderNo, CancellationToken cancel)
    {
        Withdrawals++;
        return Task.FromResult(Answer);
    }

    public Task<Result<UpstreamAnswer>> QueryAsync(IReadOnlyCollection<string> orderNos, CancellationToken cancel)
    {
        Queries++;
        return Task.FromResult<Result<UpstreamAnswer>>(new UpstreamAnswer(Reports, Knows ? [] : [.. orderNos]));
    }

    public Task<Result<IReadOnlyList<UpstreamReport>>> ReadCallbackAsync(HttpRequest request, CancellationToken cancel) =>
        throw new NotSupportedException();

    public IResult Taken() => throw new NotSupportedException();

    public IResult NotTaken(Refusal why) => throw new NotSupportedException();
}
