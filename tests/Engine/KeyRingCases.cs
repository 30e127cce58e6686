using Microsoft.AspNetCore.DataProtection;

namespace HaoSuan.Tests.Engine;

public sealed class KeyRing_on_sqlite(SqliteDatabases engine) : KeyRingCases(engine);

public sealed class KeyRing_on_postgres(PostgresDatabases engine) : KeyRingCases(engine);

public abstract class KeyRingCases(Databases engine) : EngineTest(engine)
{
    private ServiceProvider Process(string masterKey) =>
        new ServiceCollection().AddLogging().AddPlatform(Database.App, masterKey).AddKeyRing().BuildServiceProvider();

    [Fact]
    public async Task What_one_process_seals_another_one_opens_and_the_database_alone_does_not()
    {
        await using var one = Process(Databases.MasterKeyForTests);
        await using var another = Process(Databases.MasterKeyForTests);
        await using var thief = Process(Convert.ToBase64String(new byte[32]));

        var cookie = one.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Protect("user");

        Assert.Equal("user", another.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Unprotect(cookie));
        Assert.ThrowsAny<Exception>(() => thief.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Unprotect(cookie));
    }
}
