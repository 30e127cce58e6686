using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Platform;

/// <summary>
/// The keys of cookies and form tokens (ASP.NET Core's data protection), shared by all processes through the database and
/// sealed under the master key: whoever reads the database cannot forge a cookie.
/// </summary>
public static class KeyRing
{
    public static IServiceCollection AddKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("haosuan");
        services.AddOptions<KeyManagementOptions>().Configure<IServiceScopeFactory, MasterKey>((keys, scopes, master) =>
            (keys.XmlRepository, keys.XmlEncryptor) = (new KeysInDatabase(scopes), new UnderMasterKey(master)));
        return services;
    }
}

/// <summary>The library asks without awaiting, seldom: at the start and once a day.</summary>
internal sealed class KeysInDatabase(IServiceScopeFactory scopes) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var rows = scope.ServiceProvider.GetRequiredService<Db>().Set<KeyRow>().AsNoTracking().ToListAsync().GetAwaiter().GetResult();
        return [.. rows.Select(k => XElement.Parse(k.Xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        db.Add(new KeyRow { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChangesAsync().GetAwaiter().GetResult();
    }
}

internal sealed class UnderMasterKey(MasterKey master) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("sealed", Convert.ToBase64String(master.Seal("key-ring", Encoding.UTF8.GetBytes($"{plaintextElement}")))), typeof(OpenUnderMasterKey));
}

/// <summary>Made by the library, by its name in the stored key.</summary>
internal sealed class OpenUnderMasterKey(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var plain = services.GetRequiredService<MasterKey>().Open("key-ring", Convert.FromBase64String(encryptedElement.Value));
        try
        {
            return XElement.Parse(Encoding.UTF8.GetString(plain));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}

/// <summary>A row of the system itself, tenant 0.</summary>
internal sealed class KeyRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required string Name { get; init; }
    public required string Xml { get; init; }
}

internal sealed class KeyMapping : IEntityTypeConfiguration<KeyRow>
{
    public void Configure(EntityTypeBuilder<KeyRow> row) => row.ToTable("key_ring").HasKey(r => new { r.TenantId, r.Name });
}
