using HaoSuan.Notifications;
using HaoSuan.Sandbox;

namespace HaoSuan.Tests.Engine;

public sealed class Mail_on_sqlite(SqliteDatabases engine) : MailCases(engine);

public sealed class Mail_on_postgres(PostgresDatabases engine) : MailCases(engine);

/// <summary>Mail over a real server on loopback: nothing is lost, and nothing is twice in a mailbox.</summary>
public abstract class MailCases(Databases engine) : EngineTest(engine), IAsyncLifetime
{
    private const string Kind = "invoices.test";
    private static readonly Lazy<SandboxKeys> Keys = new(() => SandboxKeys.Generate(TimeProvider.System));

    private SandboxHost _sandbox = null!;       // started before each test
    private MailOptions? _options;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(Keys.Value, Time, cancel: Cancel);
        await InitializeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _sandbox.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override IServiceCollection Configure(IServiceCollection services) => services
        .AddSingleton(_ => new SmtpLine(_options ?? Keys.Value.Mail(_sandbox.World.PostOffice), Time))
        .AddSingleton(_ => new ReturnsBox(Keys.Value.Mail(_sandbox.World.PostOffice)));

    [Fact]
    public async Task A_mail_arrives_once_with_its_file_after_the_transaction_that_it_belongs_to()
    {
        var id = await Queue("alice@example.com", "file"u8.ToArray());
        Assert.Empty(_sandbox.World.PostOffice.Received);
        await Drain();
        await With<SendMail>(s => s.FollowAsync(new(id), Cancel));

        var mail = Assert.Single(_sandbox.World.PostOffice.Received);
        Assert.Equal(("alice@example.com", Keys.Value.MailUser, "发票 1"), (mail.To, mail.From, mail.Subject));
        Assert.Equal("见附件。", mail.Text);
        var file = Assert.Single(mail.Files);
        Assert.Equal(("1.pdf", "application/pdf", "file"), (file.Name, file.MediaType, System.Text.Encoding.UTF8.GetString(file.Content)));
        Assert.Equal((MailState.Sent, 1), Brief(await Find(id)));
    }

    [Fact]
    public async Task A_recipient_whom_nobody_knows_is_refused_once_and_his_address_is_written_nowhere()
    {
        var id = await Queue("unknown.person@example.com");
        await Drain();
        Time.Advance(TimeSpan.FromHours(2));
        await Drain();

        var mail = await Find(id);
        Assert.Equal((MailState.Refused, 1, "550 5.1.1"), (mail.State, mail.Attempts, mail.Fault));
        Assert.Equal(id, Assert.Single(await Troubled()).Id);
        Assert.Equal(0, await With<Db, int>(db => db.Set<OutboxRow>().CountAsync(r => r.Error != null, Cancel)));
    }

    [Fact]
    public async Task A_server_that_is_busy_or_fails_is_tried_again_later_and_later()
    {
        _sandbox.World.Faults.Set(Wire.Mail, On.Call, Fault.Busy);
        _sandbox.World.Faults.Set(Wire.Mail, On.Call, Fault.Fail);
        var id = await Queue("bob@example.com");
        foreach (var seconds in new[] { 0, 9, 2, 19, 2 })
        {
            Time.Advance(TimeSpan.FromSeconds(seconds));
            await Drain();
        }

        Assert.Equal((MailState.Sent, 3), Brief(await Find(id)));
        Assert.Single(_sandbox.World.PostOffice.Received);
        Assert.Empty(await Troubled());
    }

    [Fact]
    public async Task A_mail_that_was_taken_without_a_word_is_sent_again_under_its_name_and_its_mailbox_keeps_one()
    {
        _sandbox.World.Faults.Set(Wire.Mail, On.Call, Fault.FailAfter);
        var id = await Queue("carol@example.com");
        await Drain();
        Assert.Equal((MailState.Queued, 1), Brief(await Find(id)));
        Time.Advance(TimeSpan.FromMinutes(1));
        await Drain();

        Assert.Equal((MailState.Sent, 2), Brief(await Find(id)));
        Assert.Equal(2, _sandbox.World.PostOffice.Taken);
        Assert.Single(_sandbox.World.PostOffice.Received);
    }

    [Fact]
    public async Task A_mail_that_no_server_takes_for_three_days_is_given_up_and_told()
    {
        _options = Keys.Value.Mail(_sandbox.World.PostOffice) with { Password = "stranger" };
        var id = await Queue("dave@example.com");
        await Drain();
        Assert.Empty(await Troubled());
        Time.Advance(TimeSpan.FromHours(1));
        await Drain();
        Assert.Equal(MailState.Queued, Assert.Single(await Troubled()).State);
        Time.Advance(TimeSpan.FromDays(3));
        await Drain();

        var mail = await Find(id);
        Assert.Equal((MailState.GivenUp, "AuthenticationException"), (mail.State, mail.Fault));
        Assert.Empty(_sandbox.World.PostOffice.Received);
    }

    [Fact]
    public async Task What_comes_back_is_known_by_its_name_and_taken_out_of_the_mailbox_by_its_own_operator()
    {
        var id = await Queue("full@example.com");
        await Drain();
        Assert.Equal(MailState.Sent, (await Find(id)).State);
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", cancel: Cancel);

        await With<FetchReturns>(f => f.RunAsync(Cancel), other);
        Assert.Equal(MailState.Sent, (await Find(id)).State);
        await With<FetchReturns>(f => f.RunAsync(Cancel));
        await With<FetchReturns>(f => f.RunAsync(Cancel));

        var mail = await Find(id);
        Assert.Equal((MailState.CameBack, "5.2.2"), (mail.State, mail.Fault));
        Assert.Equal(0, _sandbox.World.PostOffice.Returns);
    }

    [Fact]
    public async Task A_mail_in_whose_place_another_one_is_sent_troubles_nobody()
    {
        var first = await Queue("unknown@example.com");
        await Drain();
        var second = await Queue("erin@example.com", replaces: first);
        await Drain();

        Assert.Equal((MailState.Replaced, MailState.Sent), ((await Find(first)).State, (await Find(second)).State));
        Assert.Empty(await Troubled());
    }

    private static (MailState State, int Attempts) Brief(MailView mail) => (mail.State, mail.Attempts);

    private Task<MailId> Queue(string to, byte[]? file = null, MailId? replaces = null) => With<IServiceProvider, MailId>(services =>
    {
        var (db, vault) = (services.GetRequiredService<Db>(), services.GetRequiredService<Vault>());
        return db.InTransaction(async () =>
        {
            MailAttachment[] files = file is null
                ? []
                : [new("1.pdf", "application/pdf", await vault.KeepAsync(SecretKind.Document, Convert.ToBase64String(file), Cancel))];
            var address = await vault.KeepAsync(SecretKind.Email, to, Cancel);
            return await services.GetRequiredService<Mails>().QueueAsync(new(Kind, address, "发票 1", "见附件。", files, replaces), Cancel);
        }, Cancel);
    });

    private async Task<MailView> Find(MailId id) => (await With<Mails, IReadOnlyDictionary<MailId, MailView>>(m => m.OfAsync([id], Cancel)))[id];

    private Task<IReadOnlyList<MailView>> Troubled() =>
        With<Mails, IReadOnlyList<MailView>>(m => m.TroubledAsync(Kind, TimeSpan.FromMinutes(30), Cancel));
}
