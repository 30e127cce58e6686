using HaoSuan.Notifications;
using HaoSuan.Sandbox;

namespace HaoSuan.Tests.Engine;

public sealed class Lease_messages_on_sqlite(SqliteDatabases engine) : LeaseMessageCases(engine);

public sealed class Lease_messages_on_postgres(PostgresDatabases engine) : LeaseMessageCases(engine);

/// <summary>What who leases a device receives on his phone, over the sandbox's real wire.</summary>
public abstract class LeaseMessageCases(Databases engine) : LeaseTest(engine), IAsyncLifetime
{
    private static readonly Lazy<SandboxKeys> Keys = new(() => SandboxKeys.Generate(TimeProvider.System));

    private readonly SocketsHttpHandler _handler = new() { UseProxy = false };
    private SandboxHost _sandbox = null!;       // started before each test

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(Keys.Value, Time, cancel: Cancel);
        await InitializeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _sandbox.DisposeAsync();
        _handler.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override IServiceCollection Configure(IServiceCollection services) => base.Configure(services)
        .AddSingleton(_ => new TencentSms(new HttpClient(_handler, disposeHandler: false), Keys.Value.Sms(_sandbox.Address), Time));

    [Fact]
    public async Task A_bill_what_is_late_and_the_arrival_are_told_and_nothing_of_who_it_is()
    {
        await Open(1);
        var id = await Begun();
        var no = (await Find(id)).Lease.LeaseNo;
        Assert.Empty(_sandbox.World.Messages);

        await Days(31);
        await Days(6);
        _ = (await ComeBack(id)).Value;
        await Later();

        Assert.Equal(
            [
                $"【号算商城】您的租约 {no} 有新账单 30.00 元，请在 2026-04-06 前支付。",
                $"【号算商城】您的租约 {no} 有 30.00 元逾期未付，应付日 2026-04-06，请尽快支付。",
                $"【号算商城】您的租约 {no} 退回的设备已收到，检验后结算押金。",
            ],
            _sandbox.World.Messages.Select(m => m.Text));
        Assert.All(_sandbox.World.Messages, m => Assert.Equal("+8613800138000", m.Phone));
    }

    [Fact]
    public async Task What_is_not_true_any_more_or_no_news_is_not_sent()
    {
        await Open(1);
        var id = await Begun();
        _sandbox.World.Faults.Set(Wire.Sms, On.Call, Fault.Fail, 2);
        await Days(31);
        Assert.Empty(_sandbox.World.Messages);

        await Pay(id, 2);
        Time.Advance(TimeSpan.FromHours(1));
        await Drain();

        Assert.Empty(_sandbox.World.Messages);
    }
}
