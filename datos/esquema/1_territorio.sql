-- Dónde ocurre un diálogo y de qué archivo se sabe.

create table base_info (
    version_esquema integer not null,
    construida timestamp not null,
    huella_fuente varchar not null
);
comment on table base_info is 'Una fila: con qué esquema y con qué fuente se construyó esta base.';
comment on column base_info.version_esquema is 'Número del esquema, desde 1.';
comment on column base_info.construida is 'Momento en que se construyó la base, en UTC.';
comment on column base_info.huella_fuente is 'SHA-256 de los archivos de datos/fuente.';

create table regiones (
    region_id varchar primary key,
    nombre varchar not null unique,
    orden integer not null unique check (orden between 1 and 16)
);
comment on table regiones is 'Las 16 regiones de Chile.';
comment on column regiones.region_id is 'Código oficial de la región, dos cifras.';
comment on column regiones.nombre is 'Nombre oficial de la región.';
comment on column regiones.orden is 'Posición de norte a sur, de 1 a 16.';

create table comunas (
    comuna_id varchar primary key,
    region_id varchar not null references regiones (region_id),
    nombre varchar not null
);
comment on table comunas is 'Comunas de las regiones que tienen diálogos.';
comment on column comunas.comuna_id is 'Código único territorial de la comuna, cinco cifras.';
comment on column comunas.region_id is 'Región a la que pertenece.';
comment on column comunas.nombre is 'Nombre oficial de la comuna.';

create table documentos (
    documento_id varchar primary key,
    titulo varchar not null,
    clase varchar not null check (clase in ('informe', 'acta', 'otro')),
    sha256 varchar not null check (length(sha256) = 64),
    cargado date,
    texto varchar
);
comment on table documentos is 'Archivos de origen. El texto queda como se cargó; no se corrige.';
comment on column documentos.documento_id is 'Clave del documento.';
comment on column documentos.titulo is 'Título con que se le conoce.';
comment on column documentos.clase is 'Uno de: informe, acta, otro.';
comment on column documentos.sha256 is 'Huella SHA-256 del archivo leído, 64 caracteres hexadecimales.';
comment on column documentos.cargado is 'Fecha en que se cargó el texto; vacío si aún no se carga.';
comment on column documentos.texto is 'Texto tal como se cargó; vacío si aún no se carga.';
