-- Temas, preguntas, mesas y a quiénes se convocó a cada una.

create table temas (
    tema_id integer primary key,
    nombre varchar not null unique
);
comment on table temas is 'Temas canónicos, comunes a todos los diálogos.';
comment on column temas.tema_id is 'Número del tema canónico.';
comment on column temas.nombre is 'Nombre del tema canónico.';

create table temas_dialogo (
    tema_dialogo_id varchar primary key,
    dialogo_id varchar not null references dialogos (dialogo_id),
    tema_id integer not null references temas (tema_id),
    numero integer not null check (numero >= 1),
    nombre varchar not null,
    nombre_conclusiones varchar not null,
    unique (dialogo_id, numero)
);
comment on table temas_dialogo is 'Un tema tal como figura en un diálogo. Se reconoce por su número.';
comment on column temas_dialogo.tema_dialogo_id is 'Clave del tema en el diálogo.';
comment on column temas_dialogo.dialogo_id is 'Diálogo.';
comment on column temas_dialogo.tema_id is 'Tema canónico al que corresponde.';
comment on column temas_dialogo.numero is 'Número que el documento le da.';
comment on column temas_dialogo.nombre is 'Nombre exacto en la presentación del documento.';
comment on column temas_dialogo.nombre_conclusiones is 'Nombre exacto en las conclusiones.';

create table preguntas (
    pregunta_id varchar primary key,
    tema_dialogo_id varchar not null references temas_dialogo (tema_dialogo_id),
    orden integer not null check (orden >= 1),
    texto varchar not null,
    clave varchar,
    interrogantes integer not null check (interrogantes >= 1),
    unique (tema_dialogo_id, orden)
);
comment on table preguntas is 'Un bloque de preguntas planteado a las mesas de un tema.';
comment on column preguntas.pregunta_id is 'Clave del bloque.';
comment on column preguntas.tema_dialogo_id is 'Tema al que se planteó.';
comment on column preguntas.orden is 'Posición del bloque dentro del tema, desde 1.';
comment on column preguntas.texto is 'El bloque en palabras propias; no es la redacción original.';
comment on column preguntas.clave is 'Clave común a los bloques que se repiten en varios temas; vacío si es único.';
comment on column preguntas.interrogantes is 'Cuántas interrogantes reúne el bloque original.';

create table grupos (
    grupo_id varchar primary key,
    nombre varchar not null unique
);
comment on table grupos is 'Grupos de interés, en categorías normalizadas.';
comment on column grupos.grupo_id is 'Clave del grupo.';
comment on column grupos.nombre is 'Nombre normalizado.';

create table mesas (
    mesa_id varchar primary key,
    tema_dialogo_id varchar not null references temas_dialogo (tema_dialogo_id),
    letra varchar not null check (letra in ('A', 'B')),
    participantes integer check (participantes >= 0),
    registro varchar not null check (registro in ('propio', 'conjunto', 'sin registro')),
    unique (tema_dialogo_id, letra)
);
comment on table mesas is 'Una mesa de trabajo: hay dos por tema, para contrastar.';
comment on column mesas.mesa_id is 'Clave de la mesa.';
comment on column mesas.tema_dialogo_id is 'Tema que trató.';
comment on column mesas.letra is 'A o B. Las letras son de esta base, no del documento.';
comment on column mesas.participantes is 'Personas en la mesa; vacío si no consta. Vacío no es 0.';
comment on column mesas.registro is 'Uno de: propio, conjunto (con la otra mesa del tema), sin registro.';

create table mesas_grupos (
    mesa_grupo_id varchar primary key,
    tema_dialogo_id varchar not null references temas_dialogo (tema_dialogo_id),
    mesa_id varchar references mesas (mesa_id),
    grupo_id varchar not null references grupos (grupo_id),
    como_figura varchar not null
);
comment on table mesas_grupos is 'A quién se convocó. Convocar no es asistir ni haber hablado.';
comment on column mesas_grupos.mesa_grupo_id is 'Clave de la fila.';
comment on column mesas_grupos.tema_dialogo_id is 'Tema a cuyas mesas se convocó.';
comment on column mesas_grupos.mesa_id is 'Mesa convocada; vacío si se convocó al tema y no a una mesa.';
comment on column mesas_grupos.grupo_id is 'Grupo convocado, normalizado.';
comment on column mesas_grupos.como_figura is 'Cómo lo escribe el documento.';
