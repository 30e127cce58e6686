using HaoSuan.Distributors;
using HaoSuan.Exceptions;
using HaoSuan.Sandbox;

namespace HaoSuan.Tests.Engine;

public sealed class Name_checks_on_sqlite(SqliteDatabases engine) : NameCheckCases(engine);

public sealed class Name_checks_on_postgres(PostgresDatabases engine) : NameCheckCases(engine);

/// <summary>Who applies is asked about at a service, over the sandbox's real wire.</summary>
public abstract class NameCheckCases(Databases engine) : EngineTest(engine), IAsyncLifetime
{
    private static readonly Lazy<SandboxKeys> Keys = new(() => SandboxKeys.Generate(TimeProvider.System));

    private readonly SocketsHttpHandler _handler = new() { UseProxy = false };
    private SandboxHost _sandbox = null!;       // started before each test
    private int _people;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(Keys.Value, Time, cancel: Cancel);
        await InitializeAsync();
        await With<Contracts, Result<int>>(c => c.PublishAsync("协议一", Cancel));
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _sandbox.DisposeAsync();
        _handler.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override IServiceCollection Configure(IServiceCollection services) => services.AddScoped<Samples>()
        .AddSingleton(_ => new TencentIdCheck(new HttpClient(_handler, disposeHandler: false), Keys.Value.IdCheck(_sandbox.Address), Time));

    [Fact]
    public async Task Who_is_not_whom_he_says_cannot_be_approved_and_whom_nobody_knows_can()
    {
        var (same, other, unlisted) = (await Applied("张三丰"), await Applied("李不符"), await Applied("王查无"));

        await Check();

        Assert.Equal([NameCheck.Same, NameCheck.Differs, NameCheck.Unlisted], [await State(same), await State(other), await State(unlisted)]);
        Assert.Equal(["distributors.name_differs"], await Approve(other, "B2"));
        Assert.Empty(await Approve(same, "B1"));
        Assert.Empty(await Approve(unlisted, "B3"));
        Assert.Empty(await Cases());
    }

    [Fact]
    public async Task Without_an_answer_he_stays_unverified_and_is_asked_about_again_later()
    {
        var code = await Applied("张三丰");
        _sandbox.World.Faults.Set(Wire.IdCheck, On.Call, Fault.Fail);
        _sandbox.World.Faults.Set(Wire.IdCheck, On.Call, Fault.Busy);

        await Check();
        await Check();      // not due again: the second fault still waits
        Assert.Equal(NameCheck.Local, await State(code));
        Time.Advance(TimeSpan.FromMinutes(1));
        await Check();
        Assert.Equal(NameCheck.Local, await State(code));
        Time.Advance(TimeSpan.FromMinutes(1));
        await Check();

        Assert.Equal(NameCheck.Same, await State(code));
    }

    [Fact]
    public async Task Who_was_approved_before_the_answer_came_is_a_case_where_it_is_no()
    {
        var code = await Applied("李不符");
        Assert.Empty(await Approve(code, "B1"));

        await Check();

        Assert.Equal(NameCheck.Differs, await State(code));
        Assert.Equal(["distributors.case_name_differs"], await Cases());
        var made = (await With<Tree, Distributor?>(t => t.FindByCodeAsync("B1", Cancel)))!;
        await With<Activate, Result<Done>>(a => a.RunAsync(made.Id, false, Cancel));
        Assert.Empty(await Cases());
    }

    private Task Check() => With<CheckNames>(c => c.RunAsync(Cancel));

    private async Task<NameCheck?> State(string code) => (await With<Joinings, Joining?>(j => j.FindAsync(code, Cancel)))!.CheckedBy;

    private async Task<IEnumerable<string>> Approve(string code, string distributor) =>
        (await With<DecideJoining, Result<DistributorId>>(d => d.ApproveAsync(code, distributor, Cancel))).Refusals.Select(r => r.Code);

    private async Task<IEnumerable<string>> Cases()
    {
        await With<CompareAll>(c => c.RunAsync(Cancel));
        return (await With<CaseRecords, IReadOnlyList<CaseSummary>>(c => c.ListAsync(new(), 0, 9, Cancel))).Select(c => c.Kind);
    }

    private async Task<string> Applied(string person)
    {
        var nth = Interlocked.Increment(ref _people);
        var code = (await With<Invite, Result<string>>(i => i.RunAsync(null, new(8_000), 7, Cancel))).Value;
        var contract = (await With<Contracts, TextVersion?>(c => c.PresentAsync(Cancel)))!;
        var digits = $"44010619900307{nth:000}";
        var form = new JoinForm
        {
            Name = "天河数码店",
            Person = person,
            IdNumber = digits + CitizenId.CheckOf(digits),
            Phone = $"1380013800{nth}",
            SignIn = $"newcomer{nth}",
            Password = "korrekt-pferd-9",
            Contract = contract.Sha256,
            Accept = "true",
        };
        _ = (await With<Apply, Result<Done>>(a => a.RunAsync(code, form, Cancel))).Value;
        return code;
    }
}
